-- Contrats proches de la tranche suivante
-- Contrats qui peuvent encore recevoir au plus « marge » appels (10 si le champ est vide) avant la tranche suivante. Sans mois : le dernier mois facturé.
select
  invoice.id as invoice,
  invoice.contract,
  invoice.month,
  offer.version,
  invoice.calls,
  invoice.band,
  invoice.band - invoice.calls as remaining,
  invoice.net_cents
from invoice
join offer on offer.id = invoice.offer
where invoice.month = coalesce(nullif(:month, ''), (select max(id) from run))
  and invoice.band - invoice.calls <= cast(coalesce(nullif(:margin, ''), '10') as integer)
order by remaining, invoice.calls desc
