-- Appels par issue et par mois
-- Chaque appel reçu a une seule issue : les six issues font le total reçu.
select
  id as month,
  came_in,
  counted,
  outside,
  excluded,
  duplicate,
  unassigned,
  refused,
  case
    when came_in = counted + outside + excluded + duplicate + unassigned + refused then 'juste'
    else 'écart de ' || (came_in - counted - outside - excluded - duplicate - unassigned - refused)
  end as balance
from run
order by id desc
