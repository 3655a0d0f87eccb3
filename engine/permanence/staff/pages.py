"""Our own pages: home, the invoice, calls, the impact of a version, and what is said when a page cannot be shown."""

import logging
from typing import Any

from datasette import Response
from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound

from . import calls_told, home, impact_told, invoice_told, issued_told
from .databases import BILLING, IMPACT
from .hooks import first
from .rights import allow

SAID = {
    400: ("Demande incomprise", "L'adresse demande quelque chose que la page ne sait pas faire."),
    403: ("Accès refusé", "Cette page ne s'ouvre pas, ou pas depuis ce poste."),
    404: ("Page introuvable", "Il n'y a rien à cette adresse."),
    500: ("Page en échec", "La page n'a pas pu être préparée."),
}


@first
def register_routes() -> list[tuple[str, Any]]:
    """Return the pages that stand before Datasette's own."""
    return [
        (r"^/$", home_page),
        (r"^/billing/invoice/(?P<id>[^/.]+)$", invoice_page),
        (r"^/billing/issued/(?P<id>[^/.]+)$", issued_page),
        (r"^/appels/(?P<month>\d{4}-\d\d)(/(?P<contract>[^/.]+))?(?P<form>\.csv|\.json)?$", calls_page),
        (r"^/impact$", impact_page),
    ]


async def home_page(datasette: Any, request: Any) -> Any:
    """Return the months billed, what each offer brought in, and the contracts on hold."""
    await allow(datasette, request, BILLING, *home.TABLES)
    context = await home.context(datasette.get_database(BILLING))
    queries = await datasette.get_canned_queries(BILLING, request.actor)
    page = {**context, "queries": queries.values()}
    return Response.html(await datasette.render_template("home.html", page, request=request))


async def invoice_page(datasette: Any, request: Any) -> Any:
    """Return one invoice, with the rule behind each line and the calls behind them all."""
    await allow(datasette, request, BILLING, *invoice_told.TABLES)
    context = await invoice_told.context(datasette.get_database(BILLING), tilde_decode(request.url_vars["id"]))
    if context is None:
        raise NotFound("no such invoice")
    return Response.html(await datasette.render_template("invoice.html", context, request=request))


async def issued_page(datasette: Any, request: Any) -> Any:
    """Return an issued invoice or credit note as it was issued, with what corrects it."""
    await allow(datasette, request, BILLING, *issued_told.TABLES)
    context = await issued_told.context(datasette.get_database(BILLING), tilde_decode(request.url_vars["id"]))
    if context is None:
        raise NotFound("no such document")
    return Response.html(await datasette.render_template("issued.html", context, request=request))


async def calls_page(datasette: Any, request: Any) -> Any:
    """Return the calls of a contract's month, one by one, or those that are nobody's: as a page, CSV or JSON."""
    await allow(datasette, request, BILLING, *calls_told.TABLES)
    month, contract, form = (tilde_decode(request.url_vars[name] or "") for name in ("month", "contract", "form"))
    asked = calls_told.CallsAsked.of(month, contract, request.args)
    found = await datasette.get_database(BILLING).execute_fn(calls_told.told(asked))
    if found is None:
        raise NotFound("no such month or contract")
    if form == ".json":
        return Response.json(calls_told.rows(found))
    if form == ".csv":
        name = f'attachment; filename="appels-{month}-{contract}.csv"'
        return Response(
            calls_told.as_csv(found), content_type="text/csv; charset=utf-8", headers={"content-disposition": name}
        )
    context = {**calls_told.context(asked, found), "path": request.path}
    return Response.html(await datasette.render_template("calls.html", context, request=request))


async def impact_page(datasette: Any, request: Any) -> Any:
    """Return what a new version would have billed: by month, by contract, by rule."""
    await allow(datasette, request, IMPACT, *impact_told.TABLES)
    if IMPACT not in datasette.databases:
        raise NotFound("no impact.db")
    context = await impact_told.context(datasette.get_database(IMPACT))
    return Response.html(await datasette.render_template("impact.html", context, request=request))


@first
async def forbidden(datasette: Any, request: Any) -> Any:
    """Return the page that says so."""
    return await refusal(datasette, request, 403, "")


@first
async def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Return a page in French with the technical reason; what nobody foresaw goes to the log, too."""
    status: int | None = getattr(exception, "status", None)
    if status is None:
        logging.getLogger(__name__).error("%s failed", request.path, exc_info=exception)
        return await refusal(datasette, request, 500, str(exception))
    # Datasette answers 500 to a sort that it does not offer.
    return await refusal(datasette, request, 400 if status == 500 else status, str(exception))


async def refusal(datasette: Any, request: Any, status: int, reason: str) -> Any:
    """Return a page, or JSON where JSON was asked for, that says why there is no other."""
    title, text = SAID.get(status, SAID[500])
    if request.path.endswith((".json", ".csv")):
        return Response.json({"ok": False, "error": reason or text, "status": status, "title": title}, status=status)
    context = {"title": title, "text": text, "reason": reason}
    return Response.html(await datasette.render_template("error.html", context, request=request), status=status)
