-- Contrats proches de la tranche suivante
-- Contrats à qui il reste au plus dix appels, ou la marge indiquée, avant la tranche suivante. Le mois est le dernier facturé, ou celui qui est indiqué.
select
  invoice.id as invoice,
  invoice.contract,
  invoice.month,
  offer.version,
  invoice.calls,
  invoice.band,
  invoice.band - invoice.calls as remaining,
  invoice.net_cents,
  invoice.currency
from invoice
join offer on offer.id = invoice.offer
where invoice.month = coalesce(nullif(:month, ''), (select max(id) from run))
  and invoice.band - invoice.calls <= cast(coalesce(nullif(:margin, ''), '10') as integer)
order by remaining, invoice.calls desc
