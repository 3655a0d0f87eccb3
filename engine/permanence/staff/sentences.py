"""Sentences on the pages: what each table holds, and what is said where there is nothing to show."""

from collections.abc import Mapping

DATABASES: Mapping[str, str] = {
    "billing": "Les factures et tout ce qui les explique. Aucun numéro d'appelant n'y figure.",
    "calls": "Les enregistrements des appels tels qu'ils ont été importés. Les numéros des appelants y sont masqués.",
    "impact": "Les mois passés, facturés avec une nouvelle version à la place d'une autre. Montants hors taxes.",
    "mail": "Les messages remis au serveur de messagerie, ce qu'il en a dit, et les alertes écrites aux clients.",
}
TABLES: Mapping[str, str] = {
    "audit": "Qui a fait quoi et quand : une ligne pour chaque commande qui a écrit, et ce qui en est résulté.",
    "mail": "Chaque message remis au serveur, ou qui devait l'être, et où il en est.",
    "mail_step": "Chaque étape de chaque message, dans l'ordre, avec ce que le serveur a dit.",
    "alert": "Chaque alerte écrite à un client : une fois par contrat, par mois et par seuil.",
    "mail_of_alerts": "Chaque message d'alerte, tel qu'il a été écrit.",
    "run": "Chaque mois facturé, et ce que sont devenus tous les appels reçus.",
    "offer": "Le texte de chaque version d'offre qui a servi à facturer, tel qu'il était.",
    "rule": "Les règles qui ont fait au moins une ligne de facture, à leur place dans le fichier.",
    "contract": "Les contrats facturés ou mis en attente, tels qu'ils étaient à la dernière facturation.",
    "invoice": "La facture de chaque contrat, mois par mois.",
    "issued": "Chaque facture et chaque avoir, tels qu'ils ont été émis : rien n'y change plus.",
    "issued_text": "Les offres et les contrats sur lesquels reposent les factures émises, tels qu'ils étaient.",
    "debit_message": "Chaque fichier de prélèvements remis à une banque, tel quel : réécrit, il est le même.",
    "debit": "Chaque prélèvement demandé : par quel mandat, pour quel jour, de combien.",
    "debit_part": "Les factures que chaque prélèvement demande, et les avoirs qui y sont imputés.",
    "bank_file": "Les relevés et avis de la banque qui ont été importés.",
    "payment": "Chaque mouvement comptabilisé par la banque, et ce qu'il est : encaissé, rejeté, virement, inconnu.",
    "payment_part": "Les factures que chaque virement paie.",
    "line": "Chaque ligne de facture, avec la règle qui l'a faite et son explication.",
    "fact": "Les faits que les règles mensuelles peuvent lire, et ce qu'ils veulent dire.",
    "line_fact": "Ce que la règle de chaque ligne a lu.",
    "vat": "La TVA de chaque facture, taux par taux.",
    "call_kind": "Ce que sont devenus les appels de chaque mois : issue, motif, plage, marques, et combien.",
    "contract_term": "La formule, les horaires, les quantités, les remises et les prix convenus de chaque contrat.",
    "title": "Comment chaque offre appelle ce que son fichier nomme d'un mot : missions, marques, motifs, tarifs …",
    "usage": "Les appels derrière chaque facture, par issue, motif et plage.",
    "hold": "Les contrats dont le mois n'a pas pu être facturé, et pourquoi.",
    "basis": "Les appels sur lesquels repose chaque mois, pour dire plus tard s'il est à refaire.",
    "basis_contract": "Ce que chaque facture a lu de son contrat, en empreinte, et les appels reçus sur ses lignes.",
    "basis_part": "Les textes d'offres, les modules d'options et les travaux avec lesquels chaque mois a été facturé.",
    "import": "Les fichiers d'appels importés, avec le compte de leurs enregistrements.",
    "call": "Chaque enregistrement une seule fois, du dernier importé au premier ; un appel transféré en a plusieurs.",
    "set_aside": "Les enregistrements qui n'ont pas été importés, et pourquoi.",
    "call_pack": "Ce que la facturation lit, jour par jour : les enregistrements de « call », compactés et signés.",
    "import_day": "Ce que chaque fichier a apporté, jour par jour.",
    "exclusion": "Chaque fois que quelqu'un a exclu un appel après coup, ou l'a rétabli : qui, quand et pourquoi.",
    "work": "Chaque travail qui n'est pas un appel, une seule fois : lettres, rendez-vous, courriels, modifications.",
    "work_done": "Les travaux de chaque mois, par contrat et par nature, et ce qu'ils sont devenus.",
    "work_import": "Les fichiers de travaux importés, avec le compte de leurs enregistrements.",
    "work_set_aside": "Les travaux qui n'ont pas été importés, et pourquoi.",
    "replay": "La nouvelle version, celle dont elle prend la place, et le total des mois comparés.",
    "replay_month": "Chaque mois, facturé avec les deux versions.",
    "replay_contract": "Chaque contrat sur l'ensemble des mois comparés.",
    "replay_bill": "Chaque mois de chaque contrat, facturé avec les deux versions.",
    "replay_rule": "Ce que disent les factures, sous la règle qui le facture : la somme des écarts est l'écart total.",
    "replay_reason": "Ce qui change dans chaque facture, ligne par ligne, avec la règle.",
    "replay_bin": "Combien de contrats changent de combien.",
    "replay_hold": "Les mois qu'une des versions ne peut pas facturer, et pourquoi : ils ne sont dans aucun total.",
}
NONE_IN_TABLE: Mapping[str, str] = {
    "audit": "Rien n'est encore noté.",
    "contract_term": "Aucun contrat n'a de conditions propres.",
    "issued": "Aucune facture n'est émise.",
    "issued_text": "Aucune facture n'est émise.",
    "debit_message": "Aucun prélèvement n'est demandé.",
    "debit": "Aucun prélèvement n'est demandé.",
    "debit_part": "Aucun prélèvement n'est demandé.",
    "bank_file": "Aucun relevé n'est importé.",
    "payment": "Aucun relevé n'est importé.",
    "payment_part": "Aucun virement n'est reçu.",
    "hold": "Aucun contrat n'est en attente.",
    "mail": "Aucun message n'a été remis.",
    "mail_step": "Aucun message n'a été remis.",
    "alert": "Aucune alerte n'a été écrite.",
    "mail_of_alerts": "Aucune alerte n'a été écrite.",
    "set_aside": "Aucun enregistrement n'a été écarté.",
    "call": "Aucun enregistrement n'est importé.",
    "exclusion": "Aucun appel n'a été exclu après coup.",
    "work": "Aucun travail n'est importé.",
    "work_done": "Aucun travail n'est compté.",
    "import": "Aucun fichier n'est importé.",
    "replay_hold": "Tous les mois ont été comparés.",
    "replay_reason": "Aucune facture ne change.",
}
NONE_IN_QUERY: Mapping[str, str] = {
    "next_band": "Aucun contrat n'est si près de la tranche suivante.",
    "invoices_of_contract": "Ce contrat n'a pas de facture.",
    "why_this_line": "Il n'y a pas de ligne de facture de ce nom.",
    "on_hold": "Aucun contrat n'est en attente.",
}
ASKS_FIRST: Mapping[str, tuple[str, str]] = {
    "invoices_of_contract": ("contract", "Indiquez un contrat, ou choisissez-le dans la liste :"),
    "why_this_line": ("line", "Indiquez une ligne, ou choisissez-la dans la liste :"),
}
"""By query that answers nothing to an empty field: the table to choose from, and the invitation."""

LEFT_EMPTY: Mapping[tuple[str, str], str] = {
    ("next_band", "month"): "le dernier facturé",
    ("next_band", "margin"): "10",
    ("on_hold", "month"): "tous",
    ("invoices_of_contract", "contract"): "C0001",
    ("why_this_line", "line"): "2026-10-C0001-1",
}
"""What stands in a query's field while it is empty: what is meant then, or an example."""


def none_in_table(table: str) -> str:
    """Return what an empty table says."""
    return NONE_IN_TABLE.get(table, "Rien n'est encore enregistré ici.")


def none_in_query(query: str) -> str:
    """Return what a query without an answer says."""
    return NONE_IN_QUERY.get(query, "Rien n'est encore facturé.")
