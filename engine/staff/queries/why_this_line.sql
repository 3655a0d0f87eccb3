-- Pourquoi cette ligne ?
-- La règle qui a fait le montant, sa place dans le fichier, les faits qu'elle a lus et les appels derrière. Exemple de ligne : 2026-10-C0001-1.
select
  line.invoice,
  line.label,
  line.amount_cents,
  line.sentence,
  line.rule,
  rule.file || ':' || rule.line as file,
  rule.condition,
  (select group_concat(name || ' = ' || value, '; ') from line_fact where line_fact.line = line.id) as facts,
  (
    select group_concat(calls || ' ' || kind, '; ')
    from (
      select
        sum(calls) as calls,
        case outcome
          when 'counted' then 'comptés'
          when 'outside' then 'hors plage'
          when 'excluded' then 'exclus'
          else 'doublons'
        end as kind
      from usage
      where usage.invoice = line.invoice
      group by outcome
    )
  ) as usage
from line
join rule on rule.id = line.rule
where line.id = :line
