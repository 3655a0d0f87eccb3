PRAGMA journal_mode = wal;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'impact','replay_notes_product','2026-11-30 05:29:04.235733+00:00');
CREATE TABLE [replay] (
  [id] TEXT PRIMARY KEY,
  [file] TEXT NOT NULL,
  [against] TEXT NOT NULL,
  [first_month] TEXT NOT NULL,
  [last_month] TEXT NOT NULL,
  [measured_again] TEXT NOT NULL,
  [contracts] INTEGER NOT NULL,
  [bills] INTEGER NOT NULL,
  [calls] INTEGER NOT NULL,
  [before_cents] INTEGER NOT NULL,
  [after_cents] INTEGER NOT NULL,
  [change_cents] INTEGER NOT NULL,
  [up] INTEGER NOT NULL,
  [down] INTEGER NOT NULL,
  [least_cents] INTEGER,
  [first_quartile_cents] INTEGER,
  [median_cents] INTEGER,
  [third_quartile_cents] INTEGER,
  [most_cents] INTEGER,
  [product] TEXT
) STRICT;
INSERT INTO "replay" VALUES('essentielle@2026-12-01','rules/essentielle-2026-12-01.toml','essentielle@2026-01-01','2026-09','2026-10','',1,2,280,29800,31000,1200,0,0,1200,1200,1200,1200,1200,NULL);
CREATE TABLE [replay_bill] (
  [id] TEXT PRIMARY KEY,
  [contract] TEXT NOT NULL REFERENCES [replay_contract]([id]),
  [month] TEXT NOT NULL REFERENCES [replay_month]([id]),
  [calls] INTEGER NOT NULL,
  [before_cents] INTEGER NOT NULL,
  [after_cents] INTEGER NOT NULL,
  [change_cents] INTEGER NOT NULL,
  [band_before] INTEGER,
  [band_after] INTEGER,
  [mission] TEXT NOT NULL
) STRICT;
INSERT INTO "replay_bill" VALUES('2026-09-C1','C1','2026-09',140,14900,15500,600,150,150,'simple');
INSERT INTO "replay_bill" VALUES('2026-10-C1','C1','2026-10',140,14900,15500,600,150,150,'simple');
CREATE TABLE [replay_bin] (
  [id] INTEGER PRIMARY KEY,
  [from_cents] INTEGER NOT NULL,
  [to_cents] INTEGER NOT NULL,
  [contracts] INTEGER NOT NULL
) STRICT;
INSERT INTO "replay_bin" VALUES(1,0,0,0);
INSERT INTO "replay_bin" VALUES(2,0,200,0);
INSERT INTO "replay_bin" VALUES(3,200,400,0);
INSERT INTO "replay_bin" VALUES(4,400,600,0);
INSERT INTO "replay_bin" VALUES(5,600,800,0);
INSERT INTO "replay_bin" VALUES(6,800,1000,0);
INSERT INTO "replay_bin" VALUES(7,1000,1200,1);
CREATE TABLE [replay_contract] (
  [id] TEXT PRIMARY KEY,
  [customer] TEXT NOT NULL,
  [bills] INTEGER NOT NULL,
  [calls] INTEGER NOT NULL,
  [before_cents] INTEGER NOT NULL,
  [after_cents] INTEGER NOT NULL,
  [change_cents] INTEGER NOT NULL,
  [change_bp] INTEGER,
  [up] INTEGER NOT NULL,
  [down] INTEGER NOT NULL
) STRICT;
INSERT INTO "replay_contract" VALUES('C1','Garage du Parc',2,280,29800,31000,1200,403,0,0);
CREATE TABLE [replay_hold] (
  [id] TEXT PRIMARY KEY,
  [contract] TEXT NOT NULL,
  [customer] TEXT NOT NULL,
  [month] TEXT NOT NULL REFERENCES [replay_month]([id]),
  [before_cents] INTEGER,
  [after_cents] INTEGER,
  [why_before] TEXT NOT NULL,
  [why_after] TEXT NOT NULL,
  [mission] TEXT NOT NULL
) STRICT;
INSERT INTO "replay_hold" VALUES('2026-09-C2','C2','Café du Port','2026-09',5900,NULL,'','L''offre essentielle@2026-12-01 n''a pas d''option « svi ».','simple');
CREATE TABLE [replay_month] (
  [id] TEXT PRIMARY KEY,
  [bills] INTEGER NOT NULL,
  [calls] INTEGER NOT NULL,
  [before_cents] INTEGER NOT NULL,
  [after_cents] INTEGER NOT NULL,
  [change_cents] INTEGER NOT NULL,
  [up] INTEGER NOT NULL,
  [down] INTEGER NOT NULL
) STRICT;
INSERT INTO "replay_month" VALUES('2026-09',1,140,14900,15500,600,0,0);
INSERT INTO "replay_month" VALUES('2026-10',1,140,14900,15500,600,0,0);
CREATE TABLE [replay_reason] (
  [id] TEXT PRIMARY KEY,
  [bill] TEXT NOT NULL REFERENCES [replay_bill]([id]),
  [code] TEXT NOT NULL,
  [rule] TEXT NOT NULL,
  [label] TEXT NOT NULL,
  [before_cents] INTEGER NOT NULL,
  [after_cents] INTEGER NOT NULL,
  [change_cents] INTEGER NOT NULL
) STRICT;
INSERT INTO "replay_reason" VALUES('2026-09-C1-1','2026-09-C1','bands','subscription','Essentielle, jusqu''à 150 appels',14900,15500,600);
INSERT INTO "replay_reason" VALUES('2026-10-C1-1','2026-10-C1','bands','subscription','Essentielle, jusqu''à 150 appels',14900,15500,600);
CREATE TABLE [replay_rule] (
  [id] INTEGER PRIMARY KEY,
  [code] TEXT NOT NULL,
  [rule] TEXT NOT NULL,
  [why] TEXT NOT NULL,
  [label] TEXT NOT NULL,
  [bills] INTEGER NOT NULL,
  [before_cents] INTEGER NOT NULL,
  [after_cents] INTEGER NOT NULL,
  [change_cents] INTEGER NOT NULL
) STRICT;
INSERT INTO "replay_rule" VALUES(1,'bands','subscription','Le forfait correspond au nombre d''appels traités.','Essentielle, jusqu''à 150 appels',2,29800,31000,1200);
CREATE INDEX [replay_contract_change_cents] ON [replay_contract] ([change_cents]);
CREATE INDEX [replay_bill_contract] ON [replay_bill] ([contract]);
CREATE INDEX [replay_bill_month] ON [replay_bill] ([month]);
CREATE INDEX [replay_bill_change_cents] ON [replay_bill] ([change_cents]);
CREATE INDEX [replay_reason_bill] ON [replay_reason] ([bill]);
CREATE INDEX [replay_hold_month] ON [replay_hold] ([month]);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;
PRAGMA user_version = 4;
