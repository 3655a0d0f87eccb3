PRAGMA journal_mode = wal;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'billing','run_notes_product','2026-12-01 03:29:48.540878+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'billing','months_have_a_basis','2026-12-01 03:29:48.541377+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'billing','contract_notes_promise','2026-12-01 03:29:48.541781+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'billing','calls_above_records','2026-12-01 03:29:48.543036+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'billing','amounts_have_a_currency','2026-12-01 03:29:48.548497+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'billing','lines_have_days','2026-12-01 03:29:48.549163+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'billing','offers_have_titles','2026-12-01 03:29:48.549405+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'billing','invoices_are_issued','2026-12-01 03:29:48.550321+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'billing','digests_of_capsule_audit','2026-12-01 03:29:48.550666+00:00');
CREATE TABLE [audit] (
  [id] INTEGER PRIMARY KEY,
  [at] INTEGER NOT NULL,
  [who] TEXT NOT NULL,
  [command] TEXT NOT NULL,
  [arguments] TEXT NOT NULL,
  [product] TEXT,
  [came_of] TEXT NOT NULL,
  [digest] TEXT
) STRICT;
INSERT INTO "audit" VALUES(1,1793610000,'marie','bill','2026-09',NULL,'{"month": "2026-09"}','244029cecdab2332d01fa7944a3b9efa9c0e2fbfe78acb8c2582dd9179f8aa0b');
CREATE TABLE [basis] (
  [id] TEXT PRIMARY KEY,
  [month] TEXT NOT NULL REFERENCES [run]([id]),
  [zone] TEXT NOT NULL,
  [calls_source] TEXT NOT NULL,
  [stamp] TEXT NOT NULL,
  [last_import] INTEGER NOT NULL,
  [calls] INTEGER NOT NULL,
  [calls_digest] TEXT NOT NULL,
  [crossing] INTEGER
) STRICT;
INSERT INTO "basis" VALUES('2026-09','2026-09','Europe/Paris','calls.db','',1,53,'53-6d0e6ca866b09847',0);
INSERT INTO "basis" VALUES('2026-10','2026-10','Europe/Paris','calls.db','',1,162,'162-885bf7103239cad2',0);
INSERT INTO "basis" VALUES('2026-11','2026-11','Europe/Paris','calls.db','',1,5,'5-5a71ed775142b23f',0);
CREATE TABLE [basis_contract] (
  [id] TEXT PRIMARY KEY,
  [month] TEXT NOT NULL REFERENCES [run]([id]),
  [contract] TEXT NOT NULL REFERENCES [contract]([id]),
  [digest] TEXT NOT NULL,
  [on_file] TEXT NOT NULL,
  [lines] TEXT NOT NULL,
  [calls] INTEGER NOT NULL
) STRICT;
INSERT INTO "basis_contract" VALUES('2026-09-C1','2026-09','C1','6f8360dbebea3de6053688aeffb6c01d359f7ce115d23ed26f091cb0ff067a54','cd956de472923a9fe016460593c055f41002654e4f18ddf5fe7f91dcbac6560c','C1',53);
INSERT INTO "basis_contract" VALUES('2026-09-C2','2026-09','C2','c4cfd39184de3d663891874e4f6d5bb46284db18adde82cec87d89f889286e0b','22f5638cb0d967b6a25bcfab6456b6cbd6baec5045c3a28c9c8f62c705c6b7b9','C2',0);
INSERT INTO "basis_contract" VALUES('2026-09-C3','2026-09','C3','17b5e19570c3092db79b94f5db639801889952b4eaf62dba1e5954478f2ec52f','4e81d27d18051cf071872e3ff8dccd9dbb7b727e7af9b3ebf00fd8d9cd85b7e1','',0);
INSERT INTO "basis_contract" VALUES('2026-10-C1','2026-10','C1','0eeb85e9528a8c6f8d51d6c0b6539572ad164c417ad122083c06af7cbcbb2b98','cd956de472923a9fe016460593c055f41002654e4f18ddf5fe7f91dcbac6560c','C1',162);
INSERT INTO "basis_contract" VALUES('2026-10-C2','2026-10','C2','5e6ce656c306c12af2ba538866d09da78bd06886af3e79163085f74b9c596c6d','22f5638cb0d967b6a25bcfab6456b6cbd6baec5045c3a28c9c8f62c705c6b7b9','C2',0);
INSERT INTO "basis_contract" VALUES('2026-10-C3','2026-10','C3','3fca3c7e30853f80190fa79bc4b80fa53ca0d96b52be8f0a28474bd7d8b00483','4e81d27d18051cf071872e3ff8dccd9dbb7b727e7af9b3ebf00fd8d9cd85b7e1','',0);
INSERT INTO "basis_contract" VALUES('2026-11-C1','2026-11','C1','5b4c2e1bef0feaf72ce10b87814fca4effd846c60e8da06b72590976d0c8f046','cd956de472923a9fe016460593c055f41002654e4f18ddf5fe7f91dcbac6560c','C1',5);
INSERT INTO "basis_contract" VALUES('2026-11-C2','2026-11','C2','81d47fda259a1d75219bdebca58a775a8f6926c2796f05c6ec24d4263e55c6ce','22f5638cb0d967b6a25bcfab6456b6cbd6baec5045c3a28c9c8f62c705c6b7b9','C2',0);
INSERT INTO "basis_contract" VALUES('2026-11-C3','2026-11','C3','4c79b5c25ffaf229550b1c7069523e9a41304e4c53ab5384953a0dfe0fd3a2a1','4e81d27d18051cf071872e3ff8dccd9dbb7b727e7af9b3ebf00fd8d9cd85b7e1','',0);
CREATE TABLE [basis_part] (
  [id] TEXT PRIMARY KEY,
  [month] TEXT NOT NULL REFERENCES [run]([id]),
  [part] TEXT NOT NULL,
  [name] TEXT NOT NULL,
  [stood] TEXT NOT NULL
) STRICT;
INSERT INTO "basis_part" VALUES('2026-09-offer-essentielle@2026-01-01','2026-09','offer','essentielle@2026-01-01','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc');
INSERT INTO "basis_part" VALUES('2026-09-option-bilingual','2026-09','option','bilingual','permanence_options.bilingual');
INSERT INTO "basis_part" VALUES('2026-09-work-C1','2026-09','work','C1','1 8fb7c29589ac79030cd692c021ae4e0a4b60fb39913236448378000797ab332e');
INSERT INTO "basis_part" VALUES('2026-09-work-C3','2026-09','work','C3','1 c07bc0455f0f9ae4cc3900323f3f7bd3d226b5c048c8697f9c14aecf7f0b33ec');
INSERT INTO "basis_part" VALUES('2026-09-work-C9','2026-09','work','C9','1 3a4c57303f39dce5647f76246ace417823e7ac765d687f8d35a6020b72cebd78');
INSERT INTO "basis_part" VALUES('2026-09-work_source-calls.db','2026-09','work_source','calls.db','');
INSERT INTO "basis_part" VALUES('2026-10-offer-essentielle@2026-01-01','2026-10','offer','essentielle@2026-01-01','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc');
INSERT INTO "basis_part" VALUES('2026-10-option-bilingual','2026-10','option','bilingual','permanence_options.bilingual');
INSERT INTO "basis_part" VALUES('2026-10-work-C1','2026-10','work','C1','1 ad6c4fdf3a89b8210f24595931e2d7bf4c1ed1983ba98dda4f66ebf5e2e9c02f');
INSERT INTO "basis_part" VALUES('2026-10-work-C3','2026-10','work','C3','1 e6b82855762ee3cb11908c1a3e8ccdc99fd4143fa00942e73520a10f0a62d935');
INSERT INTO "basis_part" VALUES('2026-10-work-C9','2026-10','work','C9','1 8e372469509bb405619ae5cb989c578aa921f63a279dee27fa6516bdf2fdd511');
INSERT INTO "basis_part" VALUES('2026-10-work_source-calls.db','2026-10','work_source','calls.db','');
INSERT INTO "basis_part" VALUES('2026-11-offer-essentielle@2026-01-01','2026-11','offer','essentielle@2026-01-01','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc');
INSERT INTO "basis_part" VALUES('2026-11-option-bilingual','2026-11','option','bilingual','permanence_options.bilingual');
INSERT INTO "basis_part" VALUES('2026-11-work-C1','2026-11','work','C1','1 38ac44223f7dbf6de3ee152bc07372b02ff3e2666358ed13e58872571feeebfc');
INSERT INTO "basis_part" VALUES('2026-11-work-C3','2026-11','work','C3','1 955385bc30189dd1775bed616fe98be4eedc5b1c147811fc5c6d4d89fac020db');
INSERT INTO "basis_part" VALUES('2026-11-work-C9','2026-11','work','C9','1 a92110888c4133c0c118030cfcf7d75a9005ec1b4813672c672ece77ccc65628');
INSERT INTO "basis_part" VALUES('2026-11-work_source-calls.db','2026-11','work_source','calls.db','');
CREATE TABLE [call_kept] (
  [id] TEXT PRIMARY KEY,
  [month] TEXT NOT NULL,
  [calls] INTEGER NOT NULL,
  [first_start] INTEGER NOT NULL,
  [last_start] INTEGER NOT NULL,
  [contracts] TEXT NOT NULL,
  [call] BLOB NOT NULL,
  [start] BLOB NOT NULL,
  [talk] BLOB NOT NULL,
  [contract] BLOB NOT NULL,
  [kind] BLOB NOT NULL
) STRICT;
INSERT INTO "call_kept" VALUES('2026-09-0001','2026-09',53,1789372800,1789416000,'C1
C2
C3',X'0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',X'80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A80A9A76A4052A86A4052A86A',X'3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C',X'0101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101',X'0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000101');
INSERT INTO "call_kept" VALUES('2026-10-0001','2026-10',162,1791964800,1792008000,'C1
C2
C3',X'000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',X'8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A8036CF6A40DFCF6A40DFCF6A',X'3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C',X'010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101',X'000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000101');
INSERT INTO "call_kept" VALUES('2026-11-0001','2026-11',5,1794646800,1794690000,'C1
C2
C3',X'0000000000',X'1023F86A1023F86A1023F86AD0CBF86AD0CBF86A',X'3C3C3C3C3C',X'0101010101',X'0000000000');
CREATE TABLE [call_kind] (
  [id] TEXT PRIMARY KEY,
  [month] TEXT NOT NULL REFERENCES [run]([id]),
  [number] INTEGER NOT NULL,
  [outcome] TEXT NOT NULL,
  [reason] TEXT NOT NULL,
  [window] TEXT NOT NULL,
  [marks] TEXT NOT NULL,
  [facts] TEXT NOT NULL,
  [calls] INTEGER NOT NULL
) STRICT;
INSERT INTO "call_kind" VALUES('2026-09-0','2026-09',0,'counted','','weekdays','','usage.bilingual',51);
INSERT INTO "call_kind" VALUES('2026-09-1','2026-09',1,'outside','','','','',2);
INSERT INTO "call_kind" VALUES('2026-10-0','2026-10',0,'counted','','weekdays','','usage.bilingual',160);
INSERT INTO "call_kind" VALUES('2026-10-1','2026-10',1,'outside','','','','',2);
INSERT INTO "call_kind" VALUES('2026-11-0','2026-11',0,'outside','','','','',5);
CREATE TABLE [capsule] (
  [invoice] TEXT PRIMARY KEY REFERENCES [invoice]([id]),
  [counts] TEXT NOT NULL,
  [past] TEXT NOT NULL,
  [digest] TEXT
) STRICT;
INSERT INTO "capsule" VALUES('2026-09-C1','[{"usage.bilingual":51,"usage.billed_seconds":3060,"usage.calls":51,"usage.outside":2,"usage.received":53,"usage.talk_seconds":3060,"work.letters":12}]','{}','e43eb0860a6b04ad3b345940be701e7379a5c298d799a3a841db7e4c8fd5d10f');
INSERT INTO "capsule" VALUES('2026-09-C2','[{}]','{}','040f30253bed00b2c508911985870410a1020ea8417fd307aaaf7e24d5d6cf97');
INSERT INTO "capsule" VALUES('2026-10-C1','[{"usage.bilingual":160,"usage.billed_seconds":9600,"usage.calls":160,"usage.outside":2,"usage.received":162,"usage.talk_seconds":9600,"work.letters":12}]','{}','3874c074abc636d462b6d64e375582e9179888d3cf3f6bf1a151ac91f8f9a044');
INSERT INTO "capsule" VALUES('2026-10-C2','[{}]','{}','db32c54cda187924b4e6022228f821e5bf1ae2ed116d9677fa9c3467dab0fdd1');
INSERT INTO "capsule" VALUES('2026-11-C1','[{"usage.outside":5,"usage.received":5,"work.letters":12}]','{}','f0736d868aa54b86e13754b5ceaa1c6c2bf071b53fc30cb01d6f7e93710d1287');
INSERT INTO "capsule" VALUES('2026-11-C2','[{}]','{}','54ff83baf334f8dcaca2cdf76da31dcbd898782bf3f98e57201e4c22e2bd5e40');
CREATE TABLE [contract] (
  [id] TEXT PRIMARY KEY,
  [customer] TEXT NOT NULL,
  [kind] TEXT NOT NULL,
  [region] TEXT NOT NULL,
  [offer] TEXT NOT NULL,
  [mission] TEXT NOT NULL,
  [signed] TEXT NOT NULL,
  [live] TEXT,
  [promised] TEXT,
  [days_late] INTEGER
) STRICT;
INSERT INTO "contract" VALUES('C1','Garage du Parc','professional','FR','essentielle@2026-01-01','simple','2026-01-05','2026-01-05','2026-01-07',NULL);
INSERT INTO "contract" VALUES('C2','Garage du Parc','professional','FR-974','essentielle@2026-01-01','simple','2026-01-05','2026-01-05','2026-01-07',NULL);
INSERT INTO "contract" VALUES('C3','Garage du Parc','professional','FR','none@2026-01-01','simple','2026-01-05','2026-01-05',NULL,NULL);
CREATE TABLE [contract_term] (
  [id] TEXT GENERATED ALWAYS AS ([contract] || '-' || [number]) VIRTUAL,
  [contract] TEXT NOT NULL REFERENCES [contract]([id]),
  [number] INTEGER NOT NULL,
  [term] TEXT NOT NULL,
  [name] TEXT NOT NULL,
  [said] TEXT NOT NULL,
  [since] TEXT,
  [until] TEXT,
  [why] TEXT NOT NULL,
  PRIMARY KEY ([contract], [number])
) STRICT, WITHOUT ROWID;
INSERT INTO "contract_term" VALUES('C2',1,'discount','','Remise de 5,00 € par mois','2030-01-01',NULL,'Fidélité.');
CREATE TABLE [fact] (
  [id] TEXT PRIMARY KEY,
  [meaning] TEXT NOT NULL,
  [unit] TEXT NOT NULL
) STRICT;
INSERT INTO "fact" VALUES('contract.active','Le contrat est en service au moins un jour du mois','');
INSERT INTO "fact" VALUES('contract.days','Jours en service dans le mois','jours');
INSERT INTO "fact" VALUES('contract.ended_by','Ce qui met fin au contrat dans le mois, vide sinon','');
INSERT INTO "fact" VALUES('contract.ended_early','Le contrat prend fin dans le mois, avant la fin de l''engagement','');
INSERT INTO "fact" VALUES('contract.first_month','La mise en service a lieu dans le mois','');
INSERT INTO "fact" VALUES('contract.in_trial','Le mois commence avant la fin de l''essai','');
INSERT INTO "fact" VALUES('contract.last_month','Le contrat prend fin dans le mois','');
INSERT INTO "fact" VALUES('contract.lines','Lignes du contrat','lignes');
INSERT INTO "fact" VALUES('contract.months','Mois entiers écoulés depuis la mise en service','mois');
INSERT INTO "fact" VALUES('contract.suspended_days','Jours de suspension dans le mois','jours');
INSERT INTO "fact" VALUES('customer.kind','Qualité du client','');
INSERT INTO "fact" VALUES('customer.region','Région du client, par exemple FR, FR-974 ou CH-GE','');
INSERT INTO "fact" VALUES('mission','Mission du contrat','');
INSERT INTO "fact" VALUES('option.bilingual','Le contrat a l''option « Secrétaire bilingue »','');
INSERT INTO "fact" VALUES('usage.bilingual','Appels comptés dans une langue de l''option','appels');
INSERT INTO "fact" VALUES('usage.billed_seconds','Durée facturée des appels comptés','s');
INSERT INTO "fact" VALUES('usage.calls','Appels traités, comptés dans le forfait','appels');
INSERT INTO "fact" VALUES('usage.excluded','Appels reçus mais non traités','appels');
INSERT INTO "fact" VALUES('usage.outside','Appels traités hors des plages du contrat','appels');
INSERT INTO "fact" VALUES('usage.received','Appels reçus, comptés ou non','appels');
INSERT INTO "fact" VALUES('usage.talk_seconds','Durée de conversation des appels comptés','s');
INSERT INTO "fact" VALUES('usage.trial_calls','Appels traités pendant l''essai gratuit','appels');
INSERT INTO "fact" VALUES('window.weekdays','Le contrat comprend la plage « en semaine »','');
CREATE TABLE [hold] (
  [id] TEXT PRIMARY KEY,
  [contract] TEXT NOT NULL REFERENCES [contract]([id]),
  [month] TEXT NOT NULL REFERENCES [run]([id]),
  [reason] TEXT NOT NULL,
  [calls] INTEGER
) STRICT;
INSERT INTO "hold" VALUES('2026-09-C3','C3','2026-09','L''offre « none@2026-01-01 » n''existe pas ; la plus proche est « essentielle@2026-01-01 ».',0);
INSERT INTO "hold" VALUES('2026-10-C3','C3','2026-10','L''offre « none@2026-01-01 » n''existe pas ; la plus proche est « essentielle@2026-01-01 ».',0);
INSERT INTO "hold" VALUES('2026-11-C3','C3','2026-11','L''offre « none@2026-01-01 » n''existe pas ; la plus proche est « essentielle@2026-01-01 ».',0);
CREATE TABLE [invoice] (
  [id] TEXT PRIMARY KEY,
  [contract] TEXT NOT NULL REFERENCES [contract]([id]),
  [month] TEXT NOT NULL REFERENCES [run]([id]),
  [offer] TEXT NOT NULL REFERENCES [offer]([id]),
  [status] TEXT NOT NULL,
  [served_from] TEXT NOT NULL,
  [served_days] INTEGER NOT NULL,
  [calls] INTEGER NOT NULL,
  [band] INTEGER,
  [net_cents] INTEGER NOT NULL,
  [vat_cents] INTEGER NOT NULL,
  [total_cents] INTEGER NOT NULL,
  [currency] TEXT,
  [first_day] TEXT,
  [last_day] TEXT,
  [deposit_cents] INTEGER,
  [customer] TEXT,
  [kind] TEXT,
  [region] TEXT,
  [mission] TEXT,
  UNIQUE ([contract], [month])
) STRICT;
INSERT INTO "invoice" VALUES('2026-09-C1','C1','2026-09','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc','draft','2026-09-01',30,51,150,18800,3760,22560,'EUR','2026-09-01','2026-09-30',0,'Garage du Parc','professional','FR','simple');
INSERT INTO "invoice" VALUES('2026-09-C2','C2','2026-09','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc','draft','2026-09-01',30,0,50,5900,502,6402,'EUR','2026-09-01','2026-09-30',0,'Garage du Parc','professional','FR-974','simple');
INSERT INTO "invoice" VALUES('2026-10-C1','C1','2026-10','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc','draft','2026-10-01',31,160,250,26800,5360,32160,'EUR','2026-10-01','2026-10-31',0,'Garage du Parc','professional','FR','simple');
INSERT INTO "invoice" VALUES('2026-10-C2','C2','2026-10','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc','draft','2026-10-01',31,0,50,5900,502,6402,'EUR','2026-10-01','2026-10-31',0,'Garage du Parc','professional','FR-974','simple');
INSERT INTO "invoice" VALUES('2026-11-C1','C1','2026-11','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc','provisional','2026-11-01',30,0,50,9800,1960,11760,'EUR','2026-11-01','2026-11-30',0,'Garage du Parc','professional','FR','simple');
INSERT INTO "invoice" VALUES('2026-11-C2','C2','2026-11','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc','provisional','2026-11-01',30,0,50,5900,502,6402,'EUR','2026-11-01','2026-11-30',0,'Garage du Parc','professional','FR-974','simple');
CREATE TABLE [issued] (
  [id] TEXT PRIMARY KEY,
  [position] INTEGER NOT NULL,
  [content] TEXT NOT NULL,
  [digest] TEXT NOT NULL,
  [kind] TEXT GENERATED ALWAYS AS (json_extract([content], '$.kind')) VIRTUAL,
  [issued_on] TEXT GENERATED ALWAYS AS (json_extract([content], '$.issued_on')) VIRTUAL,
  [contract] TEXT GENERATED ALWAYS AS (json_extract([content], '$.contract')) VIRTUAL,
  [customer] TEXT GENERATED ALWAYS AS (json_extract([content], '$.customer.name')) VIRTUAL,
  [month] TEXT GENERATED ALWAYS AS (json_extract([content], '$.month')) VIRTUAL,
  [net_cents] INTEGER GENERATED ALWAYS AS (json_extract([content], '$.net_cents')) VIRTUAL,
  [vat_cents] INTEGER GENERATED ALWAYS AS (json_extract([content], '$.vat_cents')) VIRTUAL,
  [total_cents] INTEGER GENERATED ALWAYS AS (json_extract([content], '$.total_cents')) VIRTUAL,
  [currency] TEXT GENERATED ALWAYS AS (json_extract([content], '$.currency')) VIRTUAL,
  [corrects] TEXT GENERATED ALWAYS AS (json_extract([content], '$.corrects.number')) VIRTUAL,
  [series] TEXT GENERATED ALWAYS AS (json_extract([content], '$.series')) VIRTUAL,
  [count] INTEGER GENERATED ALWAYS AS (json_extract([content], '$.count')) VIRTUAL,
  [issued_at] INTEGER GENERATED ALWAYS AS (json_extract([content], '$.issued_at')) VIRTUAL,
  UNIQUE ([position]),
  UNIQUE ([series], [count])
) STRICT;
INSERT INTO "issued" VALUES('F-00001',1,'{"band":150,"calls":51,"capsule":{"counts":"[{\"usage.bilingual\":51,\"usage.billed_seconds\":3060,\"usage.calls\":51,\"usage.outside\":2,\"usage.received\":53,\"usage.talk_seconds\":3060,\"work.letters\":12}]","past":"{}"},"contract":"C1","contract_text":"6b23c0d5f35d1b11f9b683f0b0a617355deb11277d91ae091d399c655b87940d","count":1,"currency":"EUR","customer":{"kind":"professional","name":"Garage du Parc"},"deposit_cents":0,"first_day":"2026-09-01","indices":{},"issued_at":1793610000,"issued_on":"2026-11-02","kind":"invoice","last_day":"2026-09-30","lines":[{"amount_cents":14900,"apart":null,"code":"bands","days":30,"facts":[["contract.active","1"],["usage.calls","51"],["mission","simple"]],"first_day":"2026-09-01","for_each":1,"label":"Permanence Essentielle, jusqu''à 150 appels, mission simple","last_day":"2026-09-30","of_days":30,"position":1,"quantity":1,"rule":{"line":36,"name":"subscription","text":"0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc"},"sentence":"51 appels traités en septembre 2026 : forfait jusqu''à 150 appels, mission simple. Le forfait correspond au nombre d''appels traités dans le mois.","unit":"mois","unit_price_micros":149000000},{"amount_cents":3900,"apart":null,"code":"option.bilingual","days":30,"facts":[["option.bilingual","1"]],"first_day":"2026-09-01","for_each":1,"label":"Secrétaire bilingue","last_day":"2026-09-30","of_days":30,"position":2,"quantity":1,"rule":{"line":43,"name":"option-bilingual","text":"0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc"},"sentence":"Le contrat comprend l''option « Secrétaire bilingue ».","unit":"mois","unit_price_micros":39000000}],"made_with":"","mission":{"name":"simple","title":"mission simple"},"month":"2026-09","net_cents":18800,"number":"F-00001","offer":{"text":"0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc","title":"Permanence Essentielle","version":"essentielle@2026-01-01"},"offers":{},"read":{},"region":"FR","series":"F-","served_days":30,"served_from":"2026-09-01","total_cents":22560,"usage":[["counted","","weekdays","en semaine","",51,3060],["outside","","","","",2,120]],"vat":[{"amount_cents":3760,"base_cents":18800,"rate_bp":2000,"reason":"Taux applicable en métropole"}],"vat_cents":3760}','148f9362636c0da2ffaa1ddf892ecee8e42ee8847945b208d5a62cd70d7ed8a7');
INSERT INTO "issued" VALUES('F-00002',2,'{"band":50,"calls":0,"capsule":{"counts":"[{}]","past":"{}"},"contract":"C2","contract_text":"6b23c0d5f35d1b11f9b683f0b0a617355deb11277d91ae091d399c655b87940d","count":2,"currency":"EUR","customer":{"kind":"professional","name":"Garage du Parc"},"deposit_cents":0,"first_day":"2026-09-01","indices":{},"issued_at":1793610000,"issued_on":"2026-11-02","kind":"invoice","last_day":"2026-09-30","lines":[{"amount_cents":5900,"apart":null,"code":"bands","days":30,"facts":[["contract.active","1"],["usage.calls","0"],["mission","simple"]],"first_day":"2026-09-01","for_each":1,"label":"Permanence Essentielle, jusqu''à 50 appels, mission simple","last_day":"2026-09-30","of_days":30,"position":1,"quantity":1,"rule":{"line":36,"name":"subscription","text":"0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc"},"sentence":"Aucun appel traité en septembre 2026 : forfait jusqu''à 50 appels, mission simple. Le forfait correspond au nombre d''appels traités dans le mois.","unit":"mois","unit_price_micros":59000000}],"made_with":"","mission":{"name":"simple","title":"mission simple"},"month":"2026-09","net_cents":5900,"number":"F-00002","offer":{"text":"0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc","title":"Permanence Essentielle","version":"essentielle@2026-01-01"},"offers":{},"read":{},"region":"FR-974","series":"F-","served_days":30,"served_from":"2026-09-01","total_cents":6402,"usage":[],"vat":[{"amount_cents":502,"base_cents":5900,"rate_bp":850,"reason":"Taux applicable à La Réunion (art. 296 du CGI)"}],"vat_cents":502}','d68eab2a9d6f7b83f551b6055272548107f8de3d19c82e10a590cb4de109f409');
CREATE TABLE [issued_text] (
  [id] TEXT PRIMARY KEY,
  [kind] TEXT NOT NULL,
  [text] TEXT NOT NULL
) STRICT;
INSERT INTO "issued_text" VALUES('0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc','offer','format = 1

[offer]
id = "essentielle"
title = { fr = "Permanence Essentielle" }
sold_from = 2026-01-01
mission = ["simple", "complex"]

[term]


[coverage]
holidays = "closed"

[[coverage.window]]
id = "weekdays"
title = { fr = "en semaine" }
days = "mon-fri"
hours = "08:00-19:00"

[count]


[billing]


[bands]

steps = [
    { up_to = 50, simple = "59.00", complex = "79.00" },
    { up_to = 150, simple = "149.00", complex = "194.00" },
    { up_to = 250, simple = "229.00", complex = "298.00" },
]
then = { every = 100, simple = "65.00", complex = "84.50" }

[[rule]]
id = "subscription"
on = "month"
when = "contract.active"
then = { charge = "bands" }
why = "Le forfait correspond au nombre d''appels traités dans le mois."

[option.bilingual]
price = "39.00"
');
INSERT INTO "issued_text" VALUES('6b23c0d5f35d1b11f9b683f0b0a617355deb11277d91ae091d399c655b87940d','contract','C');
CREATE TABLE [line] (
  [id] TEXT PRIMARY KEY,
  [invoice] TEXT NOT NULL REFERENCES [invoice]([id]),
  [position] INTEGER NOT NULL,
  [code] TEXT NOT NULL,
  [label] TEXT NOT NULL,
  [quantity] INTEGER NOT NULL,
  [unit] TEXT NOT NULL,
  [unit_price_micros] INTEGER NOT NULL,
  [for_each] INTEGER NOT NULL,
  [days] INTEGER NOT NULL,
  [of_days] INTEGER NOT NULL,
  [amount_cents] INTEGER NOT NULL,
  [rule] TEXT NOT NULL REFERENCES [rule]([id]),
  [sentence] TEXT NOT NULL,
  [currency] TEXT,
  [first_day] TEXT,
  [last_day] TEXT,
  [apart] TEXT
) STRICT;
INSERT INTO "line" VALUES('2026-09-C1-1','2026-09-C1',1,'bands','Permanence Essentielle, jusqu''à 150 appels, mission simple',1,'mois',149000000,1,30,30,14900,'0a82e11e1da4-subscription','51 appels traités en septembre 2026 : forfait jusqu''à 150 appels, mission simple. Le forfait correspond au nombre d''appels traités dans le mois.','EUR','2026-09-01','2026-09-30',NULL);
INSERT INTO "line" VALUES('2026-09-C1-2','2026-09-C1',2,'option.bilingual','Secrétaire bilingue',1,'mois',39000000,1,30,30,3900,'0a82e11e1da4-option-bilingual','Le contrat comprend l''option « Secrétaire bilingue ».','EUR','2026-09-01','2026-09-30',NULL);
INSERT INTO "line" VALUES('2026-09-C2-1','2026-09-C2',1,'bands','Permanence Essentielle, jusqu''à 50 appels, mission simple',1,'mois',59000000,1,30,30,5900,'0a82e11e1da4-subscription','Aucun appel traité en septembre 2026 : forfait jusqu''à 50 appels, mission simple. Le forfait correspond au nombre d''appels traités dans le mois.','EUR','2026-09-01','2026-09-30',NULL);
INSERT INTO "line" VALUES('2026-10-C1-1','2026-10-C1',1,'bands','Permanence Essentielle, jusqu''à 250 appels, mission simple',1,'mois',229000000,1,31,31,22900,'0a82e11e1da4-subscription','160 appels traités en octobre 2026 : forfait jusqu''à 250 appels, mission simple. Le forfait correspond au nombre d''appels traités dans le mois.','EUR','2026-10-01','2026-10-31',NULL);
INSERT INTO "line" VALUES('2026-10-C1-2','2026-10-C1',2,'option.bilingual','Secrétaire bilingue',1,'mois',39000000,1,31,31,3900,'0a82e11e1da4-option-bilingual','Le contrat comprend l''option « Secrétaire bilingue ».','EUR','2026-10-01','2026-10-31',NULL);
INSERT INTO "line" VALUES('2026-10-C2-1','2026-10-C2',1,'bands','Permanence Essentielle, jusqu''à 50 appels, mission simple',1,'mois',59000000,1,31,31,5900,'0a82e11e1da4-subscription','Aucun appel traité en octobre 2026 : forfait jusqu''à 50 appels, mission simple. Le forfait correspond au nombre d''appels traités dans le mois.','EUR','2026-10-01','2026-10-31',NULL);
INSERT INTO "line" VALUES('2026-11-C1-1','2026-11-C1',1,'bands','Permanence Essentielle, jusqu''à 50 appels, mission simple',1,'mois',59000000,1,30,30,5900,'0a82e11e1da4-subscription','Aucun appel traité en novembre 2026 : forfait jusqu''à 50 appels, mission simple. Le forfait correspond au nombre d''appels traités dans le mois.','EUR','2026-11-01','2026-11-30',NULL);
INSERT INTO "line" VALUES('2026-11-C1-2','2026-11-C1',2,'option.bilingual','Secrétaire bilingue',1,'mois',39000000,1,30,30,3900,'0a82e11e1da4-option-bilingual','Le contrat comprend l''option « Secrétaire bilingue ».','EUR','2026-11-01','2026-11-30',NULL);
INSERT INTO "line" VALUES('2026-11-C2-1','2026-11-C2',1,'bands','Permanence Essentielle, jusqu''à 50 appels, mission simple',1,'mois',59000000,1,30,30,5900,'0a82e11e1da4-subscription','Aucun appel traité en novembre 2026 : forfait jusqu''à 50 appels, mission simple. Le forfait correspond au nombre d''appels traités dans le mois.','EUR','2026-11-01','2026-11-30',NULL);
CREATE TABLE [line_fact] (
  [id] TEXT GENERATED ALWAYS AS ([line] || '-' || [name]) VIRTUAL,
  [line] TEXT NOT NULL REFERENCES [line]([id]),
  [number] INTEGER NOT NULL,
  [name] TEXT NOT NULL REFERENCES [fact]([id]),
  [value] TEXT NOT NULL,
  PRIMARY KEY ([line], [number])
) STRICT, WITHOUT ROWID;
INSERT INTO "line_fact" VALUES('2026-09-C1-1',1,'contract.active','1');
INSERT INTO "line_fact" VALUES('2026-09-C1-1',2,'usage.calls','51');
INSERT INTO "line_fact" VALUES('2026-09-C1-1',3,'mission','simple');
INSERT INTO "line_fact" VALUES('2026-09-C1-2',1,'option.bilingual','1');
INSERT INTO "line_fact" VALUES('2026-09-C2-1',1,'contract.active','1');
INSERT INTO "line_fact" VALUES('2026-09-C2-1',2,'usage.calls','0');
INSERT INTO "line_fact" VALUES('2026-09-C2-1',3,'mission','simple');
INSERT INTO "line_fact" VALUES('2026-10-C1-1',1,'contract.active','1');
INSERT INTO "line_fact" VALUES('2026-10-C1-1',2,'usage.calls','160');
INSERT INTO "line_fact" VALUES('2026-10-C1-1',3,'mission','simple');
INSERT INTO "line_fact" VALUES('2026-10-C1-2',1,'option.bilingual','1');
INSERT INTO "line_fact" VALUES('2026-10-C2-1',1,'contract.active','1');
INSERT INTO "line_fact" VALUES('2026-10-C2-1',2,'usage.calls','0');
INSERT INTO "line_fact" VALUES('2026-10-C2-1',3,'mission','simple');
INSERT INTO "line_fact" VALUES('2026-11-C1-1',1,'contract.active','1');
INSERT INTO "line_fact" VALUES('2026-11-C1-1',2,'usage.calls','0');
INSERT INTO "line_fact" VALUES('2026-11-C1-1',3,'mission','simple');
INSERT INTO "line_fact" VALUES('2026-11-C1-2',1,'option.bilingual','1');
INSERT INTO "line_fact" VALUES('2026-11-C2-1',1,'contract.active','1');
INSERT INTO "line_fact" VALUES('2026-11-C2-1',2,'usage.calls','0');
INSERT INTO "line_fact" VALUES('2026-11-C2-1',3,'mission','simple');
CREATE TABLE [offer] (
  [id] TEXT PRIMARY KEY,
  [version] TEXT NOT NULL,
  [title] TEXT NOT NULL,
  [sold_from] TEXT NOT NULL,
  [file] TEXT NOT NULL,
  [text] TEXT NOT NULL
) STRICT;
INSERT INTO "offer" VALUES('0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc','essentielle@2026-01-01','Permanence Essentielle','2026-01-01','rules/essentielle.toml','format = 1

[offer]
id = "essentielle"
title = { fr = "Permanence Essentielle" }
sold_from = 2026-01-01
mission = ["simple", "complex"]

[term]


[coverage]
holidays = "closed"

[[coverage.window]]
id = "weekdays"
title = { fr = "en semaine" }
days = "mon-fri"
hours = "08:00-19:00"

[count]


[billing]


[bands]

steps = [
    { up_to = 50, simple = "59.00", complex = "79.00" },
    { up_to = 150, simple = "149.00", complex = "194.00" },
    { up_to = 250, simple = "229.00", complex = "298.00" },
]
then = { every = 100, simple = "65.00", complex = "84.50" }

[[rule]]
id = "subscription"
on = "month"
when = "contract.active"
then = { charge = "bands" }
why = "Le forfait correspond au nombre d''appels traités dans le mois."

[option.bilingual]
price = "39.00"
');
CREATE TABLE [rule] (
  [id] TEXT PRIMARY KEY,
  [offer] TEXT NOT NULL REFERENCES [offer]([id]),
  [name] TEXT NOT NULL,
  [stage] TEXT NOT NULL,
  [condition] TEXT NOT NULL,
  [outcome] TEXT NOT NULL,
  [why] TEXT NOT NULL,
  [file] TEXT NOT NULL,
  [line] INTEGER NOT NULL
) STRICT;
INSERT INTO "rule" VALUES('0a82e11e1da4-subscription','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc','subscription','month','contract.active','charge = bands','Le forfait correspond au nombre d''appels traités dans le mois.','rules/essentielle.toml',36);
INSERT INTO "rule" VALUES('0a82e11e1da4-option-bilingual','0a82e11e1da4ef15f66168c5fc520bd842781055e1dee623bc3c6e818c3726bc','option-bilingual','month','option.bilingual','charge = option.bilingual','Le contrat comprend l''option « Secrétaire bilingue ».','rules/essentielle.toml',43);
CREATE TABLE [run] (
  [id] TEXT PRIMARY KEY,
  [ran_at] INTEGER NOT NULL,
  [source] TEXT NOT NULL,
  [provisional] INTEGER NOT NULL,
  [came_in] INTEGER NOT NULL,
  [counted] INTEGER NOT NULL,
  [outside] INTEGER NOT NULL,
  [excluded] INTEGER NOT NULL,
  [duplicate] INTEGER NOT NULL,
  [unassigned] INTEGER NOT NULL,
  [refused] INTEGER NOT NULL,
  [questions] INTEGER NOT NULL,
  [product] TEXT,
  [records] INTEGER,
  [calls] INTEGER,
  [held] INTEGER,
  [missing_days] TEXT,
  [made_with] TEXT
) STRICT;
INSERT INTO "run" VALUES('2026-09',1793610000,'calls.db',0,53,51,2,0,0,0,0,4,NULL,53,53,0,'',NULL);
INSERT INTO "run" VALUES('2026-10',1793610000,'calls.db',0,162,160,2,0,0,0,0,4,NULL,162,162,0,'',NULL);
INSERT INTO "run" VALUES('2026-11',1793610000,'calls.db',1,5,0,5,0,0,0,0,4,NULL,5,5,0,'',NULL);
CREATE TABLE [title] (
  [id] TEXT GENERATED ALWAYS AS ([month]||'-'||[offer]||'-'||[thing]||'-'||[name]) VIRTUAL,
  [month] TEXT NOT NULL REFERENCES [run]([id]),
  [offer] TEXT NOT NULL,
  [thing] TEXT NOT NULL,
  [name] TEXT NOT NULL,
  [title] TEXT NOT NULL,
  PRIMARY KEY ([month], [offer], [thing], [name])
) STRICT, WITHOUT ROWID;
INSERT INTO "title" VALUES('2026-09','essentielle@2026-01-01','fact','option.bilingual','Le contrat a l''option « Secrétaire bilingue »');
INSERT INTO "title" VALUES('2026-09','essentielle@2026-01-01','fact','usage.bilingual','Appels comptés dans une langue de l''option');
INSERT INTO "title" VALUES('2026-09','essentielle@2026-01-01','fact','window.weekdays','Le contrat comprend la plage « en semaine »');
INSERT INTO "title" VALUES('2026-09','essentielle@2026-01-01','option','bilingual','Secrétaire bilingue');
INSERT INTO "title" VALUES('2026-09','essentielle@2026-01-01','window','weekdays','en semaine');
INSERT INTO "title" VALUES('2026-10','essentielle@2026-01-01','fact','option.bilingual','Le contrat a l''option « Secrétaire bilingue »');
INSERT INTO "title" VALUES('2026-10','essentielle@2026-01-01','fact','usage.bilingual','Appels comptés dans une langue de l''option');
INSERT INTO "title" VALUES('2026-10','essentielle@2026-01-01','fact','window.weekdays','Le contrat comprend la plage « en semaine »');
INSERT INTO "title" VALUES('2026-10','essentielle@2026-01-01','option','bilingual','Secrétaire bilingue');
INSERT INTO "title" VALUES('2026-10','essentielle@2026-01-01','window','weekdays','en semaine');
INSERT INTO "title" VALUES('2026-11','essentielle@2026-01-01','fact','option.bilingual','Le contrat a l''option « Secrétaire bilingue »');
INSERT INTO "title" VALUES('2026-11','essentielle@2026-01-01','fact','usage.bilingual','Appels comptés dans une langue de l''option');
INSERT INTO "title" VALUES('2026-11','essentielle@2026-01-01','fact','window.weekdays','Le contrat comprend la plage « en semaine »');
INSERT INTO "title" VALUES('2026-11','essentielle@2026-01-01','option','bilingual','Secrétaire bilingue');
INSERT INTO "title" VALUES('2026-11','essentielle@2026-01-01','window','weekdays','en semaine');
CREATE TABLE [usage] (
  [id] TEXT GENERATED ALWAYS AS ([invoice] || '-' || [number]) VIRTUAL,
  [invoice] TEXT NOT NULL REFERENCES [invoice]([id]),
  [number] INTEGER NOT NULL,
  [outcome] TEXT NOT NULL,
  [reason] TEXT NOT NULL,
  [window] TEXT NOT NULL,
  [window_title] TEXT NOT NULL,
  [marks] TEXT NOT NULL,
  [calls] INTEGER NOT NULL,
  [talk_seconds] INTEGER NOT NULL,
  PRIMARY KEY ([invoice], [number])
) STRICT, WITHOUT ROWID;
INSERT INTO "usage" VALUES('2026-09-C1',1,'counted','','weekdays','en semaine','',51,3060);
INSERT INTO "usage" VALUES('2026-09-C1',2,'outside','','','','',2,120);
INSERT INTO "usage" VALUES('2026-10-C1',1,'counted','','weekdays','en semaine','',160,9600);
INSERT INTO "usage" VALUES('2026-10-C1',2,'outside','','','','',2,120);
INSERT INTO "usage" VALUES('2026-11-C1',1,'outside','','','','',5,300);
CREATE TABLE [vat] (
  [id] TEXT GENERATED ALWAYS AS ([invoice] || '-' || [rate_bp]) VIRTUAL,
  [invoice] TEXT NOT NULL REFERENCES [invoice]([id]),
  [rate_bp] INTEGER NOT NULL,
  [base_cents] INTEGER NOT NULL,
  [amount_cents] INTEGER NOT NULL,
  [reason] TEXT NOT NULL,
  [currency] TEXT,
  PRIMARY KEY ([invoice], [rate_bp])
) STRICT, WITHOUT ROWID;
INSERT INTO "vat" VALUES('2026-09-C1',2000,18800,3760,'Taux applicable en métropole','EUR');
INSERT INTO "vat" VALUES('2026-09-C2',850,5900,502,'Taux applicable à La Réunion (art. 296 du CGI)','EUR');
INSERT INTO "vat" VALUES('2026-10-C1',2000,26800,5360,'Taux applicable en métropole','EUR');
INSERT INTO "vat" VALUES('2026-10-C2',850,5900,502,'Taux applicable à La Réunion (art. 296 du CGI)','EUR');
INSERT INTO "vat" VALUES('2026-11-C1',2000,9800,1960,'Taux applicable en métropole','EUR');
INSERT INTO "vat" VALUES('2026-11-C2',850,5900,502,'Taux applicable à La Réunion (art. 296 du CGI)','EUR');
CREATE TABLE [work_done] (
  [id] TEXT PRIMARY KEY,
  [month] TEXT NOT NULL REFERENCES [run]([id]),
  [contract] TEXT NOT NULL,
  [what] TEXT NOT NULL,
  [outcome] TEXT NOT NULL,
  [priced] INTEGER NOT NULL,
  [quantity] INTEGER NOT NULL,
  [records] INTEGER NOT NULL
) STRICT;
INSERT INTO "work_done" VALUES('2026-09-C1-letters-counted','2026-09','C1','letters','counted',0,12,1);
INSERT INTO "work_done" VALUES('2026-09-C3-letters-held','2026-09','C3','letters','held',0,2,1);
INSERT INTO "work_done" VALUES('2026-09-C9-letters-unassigned','2026-09','C9','letters','unassigned',0,1,1);
INSERT INTO "work_done" VALUES('2026-10-C1-letters-counted','2026-10','C1','letters','counted',0,12,1);
INSERT INTO "work_done" VALUES('2026-10-C3-letters-held','2026-10','C3','letters','held',0,2,1);
INSERT INTO "work_done" VALUES('2026-10-C9-letters-unassigned','2026-10','C9','letters','unassigned',0,1,1);
INSERT INTO "work_done" VALUES('2026-11-C1-letters-counted','2026-11','C1','letters','counted',0,12,1);
INSERT INTO "work_done" VALUES('2026-11-C3-letters-held','2026-11','C3','letters','held',0,2,1);
INSERT INTO "work_done" VALUES('2026-11-C9-letters-unassigned','2026-11','C9','letters','unassigned',0,1,1);
CREATE INDEX [rule_offer] ON [rule] ([offer]);
CREATE INDEX [invoice_month_status] ON [invoice] ([month], [status]);
CREATE INDEX [invoice_offer_month] ON [invoice] ([offer], [month]);
CREATE INDEX [line_invoice] ON [line] ([invoice]);
CREATE INDEX [line_rule] ON [line] ([rule]);
CREATE INDEX [hold_month] ON [hold] ([month]);
CREATE INDEX [hold_contract] ON [hold] ([contract]);
CREATE INDEX [basis_contract_month] ON [basis_contract] ([month]);
CREATE INDEX [basis_contract_contract] ON [basis_contract] ([contract]);
CREATE INDEX [basis_part_month] ON [basis_part] ([month]);
CREATE INDEX [work_done_month] ON [work_done] ([month]);
CREATE INDEX [work_done_contract] ON [work_done] ([contract]);
CREATE INDEX [call_kind_month] ON [call_kind] ([month]);
CREATE INDEX [call_kept_month] ON [call_kept] ([month]);
CREATE INDEX [title_thing_name] ON [title] ([thing], [name]);
CREATE INDEX [issued_contract_month] ON [issued] ([contract], [month]);
CREATE INDEX [issued_corrects] ON [issued] ([corrects]);
CREATE INDEX [issued_month] ON [issued] ([month]);
CREATE TRIGGER [issued_no_update] BEFORE UPDATE ON [issued] BEGIN SELECT RAISE(ABORT, 'what is issued is never changed: a credit note corrects it'); END;
CREATE TRIGGER [issued_no_delete] BEFORE DELETE ON [issued] BEGIN SELECT RAISE(ABORT, 'what is issued is never changed: a credit note corrects it'); END;
CREATE TRIGGER [issued_in_order] BEFORE INSERT ON [issued] BEGIN SELECT CASE WHEN NEW.[position] <> coalesce((SELECT [position] FROM [issued] ORDER BY [position] DESC LIMIT 1), 0) + 1 THEN RAISE(ABORT, 'the ledger grows at its end') WHEN EXISTS (SELECT 1 FROM [issued] WHERE [id] = NEW.[id]) THEN RAISE(ABORT, 'what is issued is never changed: a credit note corrects it') END; END;
CREATE TRIGGER [issued_text_no_update] BEFORE UPDATE ON [issued_text] BEGIN SELECT RAISE(ABORT, 'what is issued is never changed: a credit note corrects it'); END;
CREATE TRIGGER [issued_text_no_delete] BEFORE DELETE ON [issued_text] BEGIN SELECT RAISE(ABORT, 'what is issued is never changed: a credit note corrects it'); END;
CREATE TRIGGER [issued_text_once] BEFORE INSERT ON [issued_text] BEGIN SELECT CASE WHEN EXISTS (SELECT 1 FROM [issued_text] WHERE [id] = NEW.[id]) THEN RAISE(ABORT, 'what is issued is never changed: a credit note corrects it') END; END;
CREATE TRIGGER [audit_no_update] BEFORE UPDATE ON [audit] BEGIN SELECT RAISE(ABORT, 'what was done stays noted as it was'); END;
CREATE TRIGGER [audit_no_delete] BEFORE DELETE ON [audit] BEGIN SELECT RAISE(ABORT, 'what was done stays noted as it was'); END;
CREATE TRIGGER [audit_in_order] BEFORE INSERT ON [audit] BEGIN SELECT CASE WHEN NEW.[id] <> coalesce((SELECT max([id]) FROM [audit]), 0) + 1 THEN RAISE(ABORT, 'what was done is noted at the end') END; END;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;
PRAGMA user_version = 11;
