-- Chiffre d'affaires par offre et par mois
-- Total hors taxes des factures de chaque mois, version d'offre par version d'offre, chacune dans sa monnaie.
select
  invoice.month,
  offer.title,
  offer.version,
  count(*) as invoices,
  sum(invoice.calls) as calls,
  sum(invoice.net_cents) as net_cents,
  sum(invoice.total_cents) as total_cents,
  invoice.currency
from invoice
join offer on offer.id = invoice.offer
group by invoice.month, offer.version, invoice.currency
order by invoice.month desc, net_cents desc
