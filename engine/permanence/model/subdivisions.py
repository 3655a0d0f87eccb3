"""The parts of countries with public holidays of their own: by code, with what they are called there.

Printed, not typed, from what the package holidays knows: `python -m tests.model.subdivisions_known` prints it anew.
"""

from collections.abc import Mapping

SUBDIVISIONS: Mapping[str, str] = {
    "CH": """
AG Aargau, AI Appenzell Innerrhoden, AR Appenzell Ausserrhoden, BE Bern, BL Basel-Landschaft, BS Basel-Stadt, FR
Freiburg, GE Genève, GL Glarus, GR Graubünden, JU Jura, LU Luzern, NE Neuchâtel, NW Nidwalden, OW Obwalden, SG Sankt
Gallen, SH Schaffhausen, SO Solothurn, SZ Schwyz, TG Thurgau, TI Ticino, UR Uri, VD Vaud, VS Valais, ZG Zug, ZH Zürich
""",
    "DE": """
BB Brandenburg, BE Berlin, BW Baden-Württemberg, BY Bayern, HB Bremen, HE Hessen, HH Hamburg, MV
Mecklenburg-Vorpommern, NI Niedersachsen, NW Nordrhein-Westfalen, RP Rheinland-Pfalz, SH Schleswig-Holstein, SL
Saarland, SN Sachsen, ST Sachsen-Anhalt, TH Thüringen
""",
    "AT": """
1 Burgenland, 2 Kärnten, 3 Niederösterreich, 4 Oberösterreich, 5 Salzburg, 6 Steiermark, 7 Tirol, 8 Vorarlberg, 9 Wien
""",
    "ES": """
AN Andalucía, AR Aragón, AS Asturias, CB Cantabria, CE Ceuta, CL Castilla y León, CM Castilla-La Mancha, CN Canarias,
CT Cataluña, EX Extremadura, GA Galicia, IB Islas Baleares, MC Murcia, MD Madrid, ML Melilla, NC Navarra, PV País
Vasco, RI La Rioja, VC Valenciana
""",
    "IT": """
AG Agrigento, AL Alessandria, AN Ancona, AO Aosta, AP Ascoli Piceno, AQ L'Aquila, AR Arezzo, AT Asti, AV Avellino, BA
Bari, BG Bergamo, BI Biella, BL Belluno, BN Benevento, BO Bologna, BR Brindisi, BS Brescia, BT Barletta-Andria-Trani,
BZ Bolzano, CA Cagliari, CB Campobasso, CE Caserta, CH Chieti, CL Caltanissetta, CN Cuneo, CO Como, CR Cremona, CS
Cosenza, CT Catania, CZ Catanzaro, EN Enna, FC Forli-Cesena, FE Ferrara, FG Foggia, FI Firenze, FM Fermo, FR
Frosinone, GE Genova, GO Gorizia, GR Grosseto, IM Imperia, IS Isernia, KR Crotone, LC Lecco, LE Lecce, LI Livorno, LO
Lodi, LT Latina, LU Lucca, MB Monza e Brianza, MC Macerata, ME Messina, MI Milano, MN Mantova, MO Modena, MS
Massa-Carrara, MT Matera, NA Napoli, NO Novara, NU Nuoro, OR Oristano, PA Palermo, PC Piacenza, PD Padova, PE Pescara,
PG Perugia, PI Pisa, PN Pordenone, PO Prato, PR Parma, PT Pistoia, PU Pesaro e Urbino, PV Pavia, PZ Potenza, RA
Ravenna, RC Reggio Calabria, RE Reggio Emilia, RG Ragusa, RI Rieti, RM Roma, RN Rimini, RO Rovigo, SA Salerno, SI
Siena, SO Sondrio, SP La Spezia, SR Siracusa, SS Sassari, SU Sud Sardegna, SV Savona, TA Taranto, TE Teramo, TN
Trento, TO Torino, TP Trapani, TR Terni, TS Trieste, TV Treviso, UD Udine, VA Varese, VB Verbano-Cusio-Ossola, VC
Vercelli, VE Venezia, VI Vicenza, VR Verona, VT Viterbo, VV Vibo Valentia
""",
    "GB": """
ENG England, NIR Northern Ireland, SCT Scotland, WLS Wales
""",
    "US": """
AK Alaska, AL Alabama, AR Arkansas, AS American Samoa, AZ Arizona, CA California, CO Colorado, CT Connecticut, DC
District of Columbia, DE Delaware, FL Florida, GA Georgia, GU Guam, HI Hawaii, IA Iowa, ID Idaho, IL Illinois, IN
Indiana, KS Kansas, KY Kentucky, LA Louisiana, MA Massachusetts, MD Maryland, ME Maine, MI Michigan, MN Minnesota, MO
Missouri, MP Northern Mariana Islands, MS Mississippi, MT Montana, NC North Carolina, ND North Dakota, NE Nebraska, NH
New Hampshire, NJ New Jersey, NM New Mexico, NV Nevada, NY New York, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania,
PR Puerto Rico, RI Rhode Island, SC South Carolina, SD South Dakota, TN Tennessee, TX Texas, UM United States Minor
Outlying Islands, UT Utah, VA Virginia, VI Virgin Islands, U.S., VT Vermont, WA Washington, WI Wisconsin, WV West
Virginia, WY Wyoming
""",
    "CA": """
AB Alberta, BC British Columbia, MB Manitoba, NB New Brunswick, NL Newfoundland and Labrador, NS Nova Scotia, NT
Northwest Territories, NU Nunavut, ON Ontario, PE Prince Edward Island, QC Quebec, SK Saskatchewan, YT Yukon
""",
    "AU": """
ACT Australian Capital Territory, NSW New South Wales, NT Northern Territory, QLD Queensland, SA South Australia, TAS
Tasmania, VIC Victoria, WA Western Australia
""",
}
"""The parts of each country by its code: the code of each, and its name."""
