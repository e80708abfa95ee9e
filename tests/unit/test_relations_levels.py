"""What looks like two levels, a change or somebody and is none: no relation that fails is found in it."""

from __future__ import annotations

import pytest

from checker.language.claims import make_article
from checker.reading import read_text
from checker.relations import changes, compared, directions, news, none_some, ranges, said_directions


def failing(body: str, headline: str = "Council news") -> list[str]:
    """The kinds of the relations between levels that do not hold in a text."""
    article = make_article(read_text(f"---\ntitle: {headline}\ndate: 2026-05-20\n---\n\n{body}\n", path="article.md"))
    found = []
    for family in (changes, compared, directions, news, none_some, ranges, said_directions):
        for relation in family.find(article):
            old, new = (relation.roles.get(role, (None,))[0] for role in ("old", "new"))
            if relation.kind.startswith("direction-"):
                assert old is not None and new is not None and old.value is not None and new.value is not None
                if (new.value > old.value) == (relation.kind == "direction-up"):
                    continue
            if not relation.agrees:
                found.append(relation.kind)
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    "body",
    [
        "The gain in orders was revised to 410 from 930.",
        "Starts were revised down from the 2.9% drop first reported to 6.1%.",
        "The combined ratio improved to 91.2 percent from 94.8.",
        "The presenting pair stand at four, up from 12 in 2024, and the cook moves to number 18.",
        "Each had bought an 11 percent stake last year. The founders want to reduce their stake to 15 percent each.",
        "Traders put the chance of a half-point reduction next month at 14%, compared with 41% on Monday.",
        "Revenue dropped 5 percent to $712 million. Analysts had expected revenue of $720 million.",
        "Tuition will be $71,300, up from $68,800. The nursery school will raise its own fees by 15 percent.",
        "Spending grew at a rate of 4.6%—nearly double the previous quarter's figure. Output grew 3.1%, against 2.5%.",
        "All 30 pupils on the coach escaped unhurt, but two other people were hurt. The van's driver was injured.",
        "Of the 52 people on the shift, 50 escaped without injury. The two injured technicians are in hospital.",
        "No people were hurt in the storm. In Oakley two firefighters were injured when a wall fell.",
        "The plan means doubling what a ward may spend, while cutting the county's limit from £40m to £30m.",
        "Mill Road sold 1,260, down 40 per cent, Quay Street 2,240, down from 3,510, and Hill Top 4,410.",
        "Takings in the north came to 4.2 million, 18 per cent down on a previous 5.1 million, in the south to 6.8 million.",
        "Profit rose to £95.4m from £80.2m. The £61.5m extraordinary gain came from the sale of a dock.",
        "Rents brought in £229m, up from £159m. The board expects that rents will rise by 20 per cent next year.",
        "The port's income was down 5 per cent. The state collected 7.4bn, while councils saw fees drop 2 per cent to 8.5bn.",
        "It made a profit of £130m after a charge of £1.7bn against earnings, down from £1.6bn the year before.",
        "The strikers are demanding 400 more staff. There are 1,900 at present, against 2,700 in 2019.",
        "Deposits pay between 15 and 18 per cent. The bank has two offices. It opened in May. Loans cost 25 per cent on average.",
        "Bin crews took a pay rise of 4 per cent. Overtime for drivers goes to £21 an hour from £18.50. A strike is off.",
        "A ferry for foot passengers will cost £2 more for a return from May. A car return goes up to £44.50 from £41.",
        "The city adopted a budget of $412 million, 3.8% more than now. Police get $96 million. Last year they got $91 million.",
        "Trade by sea rose 11 per cent in a year. The port sees 1,500 lorries a day, compared with 1,250 at the last count.",
        "Researchers asked 170 people between 61 and 83. Pain fell by an average of 2.3 points on a 10-point scale.",
    ],
)
def test_nothing_fails(body: str) -> None:
    assert failing(body) == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Orders in the town rose to 410 from 930.", "direction-up"),
        (
            "Fish thefts have trebled in a year. The club logged 31 in 2025. The figure for 2024 had been 18.",
            "multiple",
        ),
        ("Nobody was hurt when the bus left the road. The two injured passengers are in hospital.", "none-some"),
    ],
)
def test_what_fails_still(body: str, kind: str) -> None:
    assert failing(body) == [kind]
