PRAGMA journal_mode = wal;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'calls','import_notes_product','2026-11-29 22:54:40.536308+00:00');
CREATE TABLE [call] (
  [id] INTEGER PRIMARY KEY,
  [import] INTEGER NOT NULL REFERENCES [import]([id]),
  [line] INTEGER NOT NULL,
  [source] TEXT NOT NULL,
  [call_id] TEXT NOT NULL,
  [linked_id] TEXT,
  [account] TEXT,
  [number] TEXT,
  [caller] TEXT,
  [start] INTEGER NOT NULL,
  [wait_seconds] INTEGER NOT NULL,
  [talk_seconds] INTEGER NOT NULL,
  [status] TEXT NOT NULL,
  [direction] TEXT NOT NULL,
  [language] TEXT,
  [tags] TEXT,
  UNIQUE ([source], [call_id])
) STRICT;
INSERT INTO "call" VALUES(1,1,1,'pbx','1',NULL,'C0001','+33199000010','+33998000001',1793523660,5,60,'answered','inbound',NULL,'urgent');
INSERT INTO "call" VALUES(2,1,2,'pbx','2',NULL,'C0001','+33199000010','+33998000001',1793523690,5,90,'answered','inbound',NULL,'urgent');
INSERT INTO "call" VALUES(3,2,3,'pbx','3',NULL,'C0001','+33199000010','+33998000001',1793523605,5,5,'answered','inbound',NULL,'urgent');
CREATE TABLE [import] (
  [id] INTEGER PRIMARY KEY,
  [file] TEXT NOT NULL,
  [sha256] TEXT NOT NULL,
  [format] TEXT NOT NULL,
  [zone] TEXT NOT NULL,
  [rows] INTEGER NOT NULL,
  [accepted] INTEGER NOT NULL,
  [duplicate] INTEGER NOT NULL,
  [refused] INTEGER NOT NULL,
  [product] TEXT,
  UNIQUE ([sha256])
) STRICT;
INSERT INTO "import" VALUES(1,'a.csv','ea1250efc6d393e4b8e571d825b8ec344da73237db76504c08a09b1207fb403f','generic','Europe/Paris',3,2,0,1,NULL);
INSERT INTO "import" VALUES(2,'b.csv','f3ea0a2bca86a8b5efb0d5df0ffbd34fb30a9379cd869282272fd3974d2aa695','generic','Europe/Paris',4,1,1,2,NULL);
CREATE TABLE [set_aside] (
  [id] INTEGER PRIMARY KEY,
  [import] INTEGER NOT NULL REFERENCES [import]([id]),
  [line] INTEGER NOT NULL,
  [outcome] TEXT NOT NULL,
  [start] INTEGER NOT NULL,
  [reason] TEXT NOT NULL,
  [call_id] TEXT NOT NULL,
  [text] TEXT NOT NULL
) STRICT;
INSERT INTO "set_aside" VALUES(1,1,3,'refused',1793523600,'no call id','','C0001,+3399…');
INSERT INTO "set_aside" VALUES(2,2,1,'duplicate',1793523690,'known already: line 2 of a.csv','2','');
INSERT INTO "set_aside" VALUES(3,2,2,'refused',1793523661,'known with other content: start 1793523661, known as 1793523660; talk_seconds 61, known as 60: line 1 of a.csv','1','');
INSERT INTO "set_aside" VALUES(4,2,4,'refused',1793523600,'no call id','','C0001,+3399…');
CREATE INDEX [call_start] ON [call] ([start]);
CREATE INDEX [call_import] ON [call] ([import]);
CREATE INDEX [set_aside_start_outcome] ON [set_aside] ([start], [outcome]);
CREATE INDEX [set_aside_import] ON [set_aside] ([import]);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;
PRAGMA user_version = 3;
