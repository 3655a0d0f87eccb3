"""What is shown of a rule is its own table, however the file is laid out."""

import tomli
from hypothesis import given
from hypothesis import strategies as st
from permanence.store.rule_text import table_at

RULE = ["[[rule]]", 'id = "a"', 'then = { charge = "bands" }']


def shown(*lines: str, line: int = 1) -> list[str]:
    return table_at("\n".join(lines), line)


def test_a_rule_ends_where_the_next_table_begins_without_a_blank_line() -> None:
    assert shown(*RULE, "[[rule]]", 'id = "b"') == RULE
    assert shown(*RULE, " [ term ] # the term", 'trial = "0 days"') == RULE
    assert shown("[term]", *RULE, "[[example]]", line=2) == RULE


def test_a_blank_line_inside_a_rule_does_not_end_it() -> None:
    spaced = [RULE[0], "", RULE[1], "", "# the bands", RULE[2]]
    assert shown(*spaced, "", "# the next rule", "[[rule]]", 'id = "b"') == spaced


def test_a_table_of_the_rule_is_part_of_it() -> None:
    written = [*RULE[:2], "[rule.then]", 'charge = "bands"']
    assert shown(*written, "[rules]", "x = 1") == written


def test_what_looks_like_a_table_inside_a_text_or_a_list_ends_nothing() -> None:
    written = [*RULE, 'why = """', "[[rule]]", '# no """ " remark', "", '[term]"""', "last = ["]
    written = [*written[:5], "# a remark", *written[6:8], "b = [", "[1],", "]"]
    assert shown(*written, "[term]") == written
    quoted = ["[a]", "x = '''", "[a]", "'''", "y = 'it\"s ['", 'z = "\\"["']
    assert shown(*quoted, "[b]") == quoted


def test_a_price_that_a_key_alone_makes_shows_that_key() -> None:
    assert shown("[term]", "fee = [", "1,", "]", 'trial = "0 days"', line=2) == ["fee = [", "1,", "]"]


def test_a_rule_that_no_line_has_shows_nothing() -> None:
    assert shown(*RULE, line=0) == []
    assert shown(*RULE, line=9) == []


texts = st.text("ab[]#'\"\\\n ={},.", max_size=12)
values = st.one_of(
    texts.map(lambda text: '"""' + text.replace("\\", "\\\\").replace('"""', "''").replace('"', '\\"') + '"""'),
    texts.filter(lambda text: "\n" not in text).map(
        lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    ),
    texts.filter(lambda text: "'" not in text).map(lambda text: f"'''{text}'''"),
    st.lists(st.integers(0, 9), max_size=4).map(lambda some: "[\n" + ",\n".join(f"[{one}]" for one in some) + "\n]"),
)


@given(
    st.lists(st.lists(values, min_size=1, max_size=3), min_size=1, max_size=4), st.sampled_from(["", "\n", "\n# x\n\n"])
)
def test_the_text_of_a_table_says_what_the_whole_file_says_of_it(tables: list[list[str]], gap: str) -> None:
    text, starts = "", []
    for table in tables:
        starts.append(text.count("\n") + 1)
        keys = "".join(f"k{number} = {value}\n{gap}" for number, value in enumerate(table))
        text += f"[[rule]]\n{keys}"
    whole = tomli.loads(text)["rule"]
    shown_tables = [tomli.loads("\n".join(table_at(text, line)))["rule"] for line in starts]
    assert shown_tables == [[one] for one in whole]
