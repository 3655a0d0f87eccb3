"""The words of call files in French, English and German: what a column's name and a cell's word most likely mean."""

import re
import unicodedata
from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "call_id": "uniqueid|callid|xmlcdruuid|uuid|pkid|sid|callsid|cdrid|sessionid|recordid|historyid|idappel|id|"
    "identifiant",
    "linked_id": "linkedid|interactionid|parentcallsid|parentcallid|conversationid|correlationid|idconversation",
    "account": "accountcode|account|accountid|compte|codeclient|client|dossier",
    "number": "numeroappele|callednumber|called|didddi|did|ddi|didnumber|destinationnumber|destination|dst|callto|"
    "to|tonumber|callee|dialednumber|dialed|dialled|dialno|eigenerufnummer|dnis|ligneappelee|ligne|numero|number|appele|local",
    "caller": "numeroappelant|callingnumber|calling|calleridnumber|callerid|caller|callernumber|callfrom|src|source|"
    "from|fromnumber|fromno|appelant|ani|rufnummer|remote",
    "start": "start|starttime|startedat|startstamp|calldate|timestart|callstart|setuptime|datetimeorigination|"
    "dateheure|debut|heuredebut|arrivee|horodatage|timestamp|datetime|begin|datum|time|date|calltime",
    "answer": "answer|answertime|answeredat|answerstamp|answerdate|timeanswered|connecttime|datetimeconnect|connected|"
    "decroche|reponse|heurereponse",
    "end": "end|endtime|endedat|endstamp|enddate|timeend|disconnecttime|datetimedisconnect|hanguptime|fin|heurefin",
    "wait": "wait|waitseconds|waittime|ring|ringtime|ringduration(s|sec)?|ringing|attente|sonnerie|"
    "(duree|temps)(de?l?)?attente|(duree|temps)(de)?(la)?sonnerie",
    "talk": "talk|durationincall|talkseconds|talktime|talkduration(s|sec)?|totaltalk|billsec|bill(ing|able)|"
    "conversation|communication|(duree|temps)(de)?(la)?(conversation|communication|parole)|connectedtime",
    "duration": "duration|durationtotal|durationms|durations|callduration(s|sec)?|totalduration|duree|dureetotale|"
    "dureeappel|dauer|lengthms|length",
    "status": "status|callstatus|disposition|result|outcome|statut|etat|resultat|statutappel|issue",
    "direction": "direction|calldirection|sens|sensappel|communicationtype|calltype|typeappel|type|typ|origin",
    "language": "language|langue|lang",
    "tags": "tags|tag|userfield|labels|marques|etiquettes|motif",
}
"""Our columns, and what theirs are called, signs and accents left out: the first that fits is meant before others."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "status": {
        "answered": "answered|answer|completed|complete|connected|repondu|reponse|traite|abouti|decroche|success|ok|"
        "angenommen|established",
        "no_answer": "noanswer|notanswered|unanswered|missed|manque|nonrepondu|sansreponse|abandoned|abandonne|"
        "cancelled|canceled|annule|voicemail|messagerie|perdu|timeout|verpasst",
        "busy": "busy|occupe|besetzt|userbusy",
        "failed": "failed|failure|echec|congestion|error|erreur|rejected|refuse|rejete|chanunavail",
    },
    "direction": {
        "inbound": "inbound|incoming|in|i|entrant|recu|terminating|fromtrunk|frompstn|public|eingehend",
        "outbound": "outbound|outgoing|out|o|sortant|emis|originating|originate|outboundapi|outbounddial|ausgehend",
        "internal": "internal|local|interne|intern",
    },
}
"""What the words of a column that tells how a call ended, or which way it went, mean."""


UNIT = r"(in)?(s|sec|secs|seconds|secondes|ms|millis|milliseconds|mn|min|minutes)?"
"""How names of lengths of time end."""


def plain(text: str) -> str:
    """Return a text in small letters and digits alone: ``Durée (s)`` is ``durees``."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", bare)


def role_rank(ours: str, name: str) -> int | None:
    """Return how far down the names of one of our columns theirs stands, from 0; None where it stands nowhere.

    A unit at its end is passed over, and of a name within another, such as ``vars.account``, the last is looked at too.
    """
    names = re.findall(r"(?:[^|(]|\([^)]*\))+", NAMES[ours])
    whole, last = plain(name), plain(name.rpartition(".")[2])
    unit = UNIT if ours in ("duration", "wait", "talk") else ""
    return next(
        (rank for rank, one in enumerate(names) if any(re.fullmatch(one + unit, told) for told in (whole, last))), None
    )


def meaning(ours: str, word: str) -> str:
    """Return what a word of a column `status` or `direction` means, nothing where it is unknown."""
    found = (means for means, words in WORDS[ours].items() if re.fullmatch(words, plain(word)))
    return next(found, "")
