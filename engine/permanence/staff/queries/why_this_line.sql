-- Pourquoi cette ligne ?
-- La règle qui a fait le montant, sa place dans le fichier, les faits qu'elle a lus et les appels derrière.
select
  line.invoice,
  line.label,
  line.amount_cents,
  line.currency,
  line.sentence,
  line.rule,
  rule.offer,
  rule.file || ':' || rule.line as file,
  rule.condition,
  (
    select group_concat(meaning || ' : ' || said, char(10))
    from (
      select
        coalesce(
          (select title from title where month = invoice.month and title.offer = version and thing = 'fact' and title.name = fact.id),
          fact.meaning
        ) as meaning,
        case
          when fact.unit <> '' then value || ' ' || fact.unit
          else coalesce(
            (select title from title where month = invoice.month and title.offer = version and thing = fact.id and title.name = value),
            case value
              {words of facts}
            end,
            value
          )
        end as said
      from line_fact
      join fact on fact.id = line_fact.name
      where line_fact.line = line.id
      order by fact.id
    )
  ) as facts,
  (
    select group_concat(kind || ' : ' || calls, char(10))
    from (
      select
        sum(calls) as calls,
        case outcome
          {words of outcomes}
        end as kind
      from usage
      where usage.invoice = line.invoice
      group by outcome
    )
  ) as usage
from line
join rule on rule.id = line.rule
join invoice on invoice.id = line.invoice
join offer on offer.id = invoice.offer
where line.id = :line
