-- Contrats en attente
-- Contrats dont le mois n'a pas pu être facturé, et pourquoi.
select contract, month, calls, reason
from hold
where :month in ('', month)
order by month desc, contract
