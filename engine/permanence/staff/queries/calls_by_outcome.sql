-- Appels par issue et par mois
-- Chaque enregistrement reçu est un doublon, refusé, ou d'un appel ; chaque appel a une seule de cinq issues.
select
  id as month,
  came_in,
  duplicate,
  refused,
  records,
  calls,
  counted,
  outside,
  excluded,
  unassigned,
  held,
  case
    when records is null then 'facturé par une version antérieure'
    when came_in = duplicate + refused + records and calls = counted + outside + excluded + unassigned + held
      then 'juste'
    else 'écart de ' || (came_in - duplicate - refused - records) || ' enregistrements et de '
      || (calls - counted - outside - excluded - unassigned - held) || ' appels'
  end as balance
from run
order by id desc
