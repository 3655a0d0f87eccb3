-- Factures d'un contrat
-- Toutes les factures d'un contrat, de la plus récente à la plus ancienne.
select
  invoice.id as invoice,
  invoice.month,
  offer.version,
  invoice.status,
  invoice.calls,
  invoice.band,
  invoice.net_cents,
  invoice.vat_cents,
  invoice.total_cents,
  invoice.currency
from invoice
join offer on offer.id = invoice.offer
where invoice.contract = :contract
order by invoice.month desc
