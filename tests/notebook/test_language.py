"""Languages: the catalogues are complete and fit the code, and everything that is shown goes through them."""

from __future__ import annotations

import json
import re
from string import Formatter

import pytest

from eagernb.notebook import language
from eagernb.notebook.language import catalogue, languages, say, say_count, set_language, translated
from tests.notebook.conftest import SETUP, STEP
from tests.notebook.page import read
from tests.notebook.sentences import counted, of_passes, said

OTHERS = [code for code in languages() if code != "en"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def english_again():
    yield
    set_language("en")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_of_the_code_has_a_translation(code):
    missing = {key: file for key, file in said().items() if key not in catalogue(code).sentences}
    assert not missing, f"write these into languages/{code}.json: {json.dumps(missing, indent=1, ensure_ascii=False)}"


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_is_of_a_sentence_that_nobody_says(code):
    assert set(catalogue(code).sentences) <= {*said(), "forward", "backward", "update", *OPTIONAL}


# Headings of one table, said in a loop.
OPTIONAL = {
    "Argument", "Type", "Gradient", "Worst element", "By the tape", "By differences", "Apart", "Allowed",
}  # fmt: skip


@pytest.mark.parametrize("code", OTHERS)
def test_placeholders_are_those_of_the_english_sentence(code):
    found = catalogue(code)
    plural = counted()
    for key, value in {**found.sentences, **found.elsewhere}.items():
        if isinstance(value, list):
            assert key in plural, key
            for form in value:
                # The English plural may say more than its singular: {score} of {n} guesses.
                assert placeholders(form) - {"n", "score"} <= placeholders(key), key
        else:
            assert key not in plural, f"{key} needs a list of plural forms"
            assert placeholders(value) == placeholders(key), key


@pytest.mark.parametrize("code", OTHERS)
def test_a_plural_has_as_many_forms_as_the_language(code):
    content = json.loads((language._folder() / f"{code}.json").read_text(encoding="utf-8"))
    forms = int(re.search(r"nplurals=(\d+);", content["plural-forms"])[1])
    for key, value in content["sentences"].items():
        assert not isinstance(value, list) or len(value) == forms, key


@pytest.mark.parametrize("code", OTHERS)
def test_what_the_passes_say_can_be_translated(code):
    assert set(of_passes()) <= set(catalogue(code).elsewhere)


def test_a_sentence_that_is_missing_is_said_in_english():
    set_language("zh")
    assert say("Nobody translated {this}.", this="one") == "Nobody translated one."
    assert say_count(2, "{n} odd thing", "{n} odd things") == "2 odd things"


def test_plural_forms_go_by_the_number():
    assert [say_count(n, "{n} turn", "{n} turns") for n in (0, 1, 2, 1200)] == [
        "0 turns", "1 turn", "2 turns", "1,200 turns",
    ]  # fmt: skip
    set_language("zh")
    assert [say_count(n, "{n} turn", "{n} turns") for n in (1, 2)] == ["1 轮", "2 轮"]


def test_values_are_never_taken_for_placeholders():
    assert say("Stopped in line {number}.", number="{n}") == "Stopped in line {n}."
    set_language("zh")
    assert say("Stopped in line {number}.", number="{n}") == "在第 {n} 行中止。"


def test_sentences_from_elsewhere_are_recognised_with_what_stands_in_them():
    set_language("zh")
    assert translated("%a is always 6, because the shape of %b is known.") == "%a 总是 6，因为%b 的形状是已知的。"
    assert translated("Something else.") == "Something else."


@pytest.mark.parametrize("name", ["value", "result", "input", "more", "graph", "once", "constant"])
def test_names_of_the_users_stay_as_they_are(name):
    set_language("zh")
    assert f"%{name} " in translated(f"No result depends on %{name}.").replace("。", " ")


def test_unknown_languages_are_an_error():
    with pytest.raises(ValueError, match="there are en, zh"):
        set_language("xx")


CODE = ("code", "style", "script", "title", "desc", "text", "td", "pre")


@pytest.mark.parametrize("magic", ["eager", "graph", "compare"])
def test_a_panel_in_chinese_says_nothing_in_english(run, shell, magic):
    run(SETUP)
    run("%config EagerNB.language = 'zh'")
    outcome = run(f"%%{magic}\n{STEP}")
    assert outcome.error is None
    assert all(CHINESE.search(line) for line in outcome.text.splitlines()), outcome.text
    page = read(outcome.html)
    panel = next(e for e in page.walk() if "enb-panel" in e.classes)
    assert panel.attributes["lang"] == "zh"
    # Names of operations, passes and types are the same in every language; the words of sentences are not.
    for element in page.walk():
        texts = [part for part in element.content if isinstance(part, str) and element.tag not in CODE]
        assert not [t for t in texts if re.search(r"\b(the|of|was|were|and|in|is)\b", t)]
    for element in page.walk():
        label = element.attributes.get("aria-label", "")
        assert not label or CHINESE.search(label), label
        assert element.tag != "img" or CHINESE.search(element.attributes["alt"].partition("：")[2])


@pytest.mark.parametrize(
    "cell",
    [
        "%eagernb",
        "%eagernb doctor",
        "%gradcheck f(x)",
        "%why_retrace traced",
        "%%predict ops=3 result=[2.0]\nx + x",
        "%%predict ops=?\nx + x",
    ],
)
def test_reports_in_chinese(run, shell, cell):
    run("x = tf.constant([1.0, 2.0])\nf = lambda v: v * v\ntraced = tf.function(lambda v, n: v * n)")
    run("traced(x, 1)\ntraced(x, 2)\ntraced(tf.constant([1, 2]), 2)\n%config EagerNB.language = 'zh'")
    outcome = run(cell)
    assert outcome.error is None
    first = outcome.outputs[0].data
    lines = [line for line in first["text/plain"].splitlines() if line.strip()]
    assert CHINESE.search(lines[0])
    if "doctor" not in cell:
        assert all(CHINESE.search(line) for line in lines if not line.startswith("%")), lines
    headings = [h.text for h in read(first["text/html"]).all("thead")[0].all("th")]
    assert all(CHINESE.search(heading) for heading in headings), headings


@pytest.mark.parametrize(
    "magic", ["%%eager", "%%graph", "%%compare", "%%predict", "%gradcheck", "%why_retrace", "%eagernb"]
)
def test_help_in_chinese(run, shell, magic):
    english = run(f"{magic} --help").printed
    run("%config EagerNB.language = 'zh'")
    printed = run(f"{magic} --help").printed
    assert CHINESE.match(printed)
    assert not re.search(r"\b(the|of|this|usage|options|show|by)\b", printed), printed
    assert printed.strip() in shell.object_inspect_text(magic), "and so says ?"
    run("%config EagerNB.language = 'en'")
    assert run(f"{magic} --help").printed == english
    assert english.strip() in shell.object_inspect_text(magic)


def test_defaults_are_listed_in_chinese(run):
    english = run("%config EagerNB").printed
    run("%config EagerNB.language = 'zh'")
    printed = run("%config EagerNB").printed
    assert "所有输出的语言" in printed
    assert len(re.findall(r"^    .*[\u4e00-\u9fff]", printed, re.MULTILINE)) == english.count("Current:")
    run("%config EagerNB.language = 'en'")
    assert run("%config EagerNB").printed == english


def test_every_pass_in_a_long_cell_is_told_in_chinese(run, shell):
    run("x = tf.random.normal([4, 4])\nn = tf.constant(3)\nf = tf.function(lambda v: v + 1.0)")
    run("%config EagerNB.language = 'zh'")
    cell = (
        "a = tf.exp(x) + tf.exp(x)\nb = tf.constant(2.0) * 3.0 * a\nc = f(b) * 1.0\nd = tf.transpose(tf.transpose(c))\n"
        "for i in tf.range(n):\n    d = d + tf.sin(x)\n"
        "e = tf.where(tf.constant(True), d, a)\ng = tf.tanh(e) * 2.0 + 1.0\n"
        "unused = tf.cast(tf.shape(x)[0], tf.float32) * 1.0\ndel unused"
    )
    outcome = run(f"%%graph -o g\n{cell}")
    assert outcome.error is None
    sentences = [change.sentence for result in shell.user_ns.pop("g").passes for change in result.changes]
    assert len(sentences) > 8
    assert not [s for s in sentences if not CHINESE.search(translated(s))]


def test_a_comparison_that_differs_is_told_in_chinese(run):
    run("x = tf.constant([1.0, 2.0])\nclass Box: n = 0.0\nbox = Box()\n%config EagerNB.language = 'zh'")
    outcome = run("%%compare\nbox.n += 1.0\nz = x * box.n\nk = 1\nfor i in range(2):\n    k = k + i")
    assert all(CHINESE.search(line) for line in outcome.text.splitlines()), outcome.text


def test_the_language_is_only_in_words_not_in_data(run, shell):
    pytest.importorskip("pandas")
    run("x = tf.constant(2.0)")
    run("%%eager -o first\ny = x * x")
    data = shell.user_ns["first"].to_pandas().drop(columns=["start", "duration"]).to_dict()
    set_language("zh")
    assert shell.user_ns["first"].to_pandas().drop(columns=["start", "duration"]).to_dict() == data


WHY = [  # what goes wrong in a tape's block, and what is asked
    ("y = tf.round(w) * 2.0", "y, w"),
    ("y = tf.cast(w > 1.0, tf.float32)", "y, w"),
    ("y = tf.stop_gradient(w)", "y, w"),
    ("y = x * x", "y, x"),
    ("y = x * x", "y, w"),
    ("y = tf.constant(w.numpy()) * 2.0", "y, w"),
    ("y = n * 2", "y, n"),
    ("y = tf.cast(tf.argmax(w), tf.float32)", "y, w"),
    ("w = w - 0.1\n    y = w * w", "y, w"),
    ("y = x * 2.0\n    tape.watch(x)", "y, x"),
    ("with tape.stop_recording():\n        y = w * w", "y, w"),
    ("z = w * w\ny = x * x", "y, w"),
    ("v.assign(w)\n    y = v * v", "y, w"),
]


@pytest.mark.parametrize(("body", "asked"), WHY)
def test_why_there_is_no_gradient_in_chinese(run, body, asked):
    run(
        "w = tf.Variable([1.0, 2.0])\nv = tf.Variable([1.0, 2.0])\nx = tf.constant([3.0, 4.0])\nn = tf.constant([1, 2])"
    )
    cell = f"with tf.GradientTape() as tape:\n    {body}\nreport = tf.why_no_gradient(tape, {asked})"
    assert run(cell).error is None
    run("from IPython.display import display")
    english = run("display(report)")
    assert english.text == run("print(report)").printed.rstrip("\n")
    run("%config EagerNB.language = 'zh'")
    chinese = run("display(report)")
    for line in chinese.text.splitlines():
        assert CHINESE.search(line), line
        assert not re.search(r"\b(the|of|was|were|and|in|is|no)\b", re.sub(r"`[^`]*`", "", line).partition("：")[0]), (
            line
        )
