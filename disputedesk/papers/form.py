"""Forms as values: what a paper must know, for which problems it serves, and in which words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Mapping
from typing import Final

from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.texts import tr
from disputedesk.model.case import Wish
from disputedesk.model.problem import Problem
from disputedesk.papers.letter import Section
from disputedesk.papers.submission import Counted


class FormKind(enum.StrEnum):
    """What a form makes."""

    LETTER = "letter"
    SUBMISSION = "submission"
    """Fields and files for a platform's own form."""
    MESSAGE = "message"
    """A text for a chat, a mail or an online form: nothing but words."""


class FormGroup(enum.StrEnum):
    """Whom a form speaks to: the shelf it stands on."""

    BANK = "bank"
    SELLER = "seller"
    PLATFORM = "platform"
    COMPLAINT = "complaint"
    """Ombudsmen and other bodies that decide about a bank or trader."""
    AUTHORITY = "authority"
    """Regulators and police."""
    AGENT = "agent"
    """Between a client and the one who helps."""


class Moment(enum.StrEnum):
    """When a form is offered for a case."""

    WINDOW = "window"
    """While a window of its avenues, rules and stages is open to the buyer."""
    LAPSED = "lapsed"
    """When a clock of the other side has run out without an answer."""
    REPLY = "reply"
    """While a reply of the merchant waits for an answer."""
    ANY = "any"
    """Whenever the case's problem is one of its problems."""


class RecipientKind(enum.StrEnum):
    """Who the usual recipient is, where the context names none."""

    ISSUER = "issuer"
    SELLER = "seller"
    PLATFORM = "platform"
    OMBUDSMAN = "ombudsman"
    REGULATOR = "regulator"
    POLICE = "police"
    COURT = "court"
    CLIENT = "client"


SUBMISSION_FIELDS: Final = ("reason", "wish", "amount", "text")
"""What platforms ask for, in their usual order."""


@dataclasses.dataclass(frozen=True, slots=True)
class Office:
    """A body with one public address, the same for everybody.

    Attributes:
        name: Per language of the form.
        address: Its lines; empty where it takes complaints online only.
        url: Where it takes them.
    """

    name: Mapping[str, str]
    country: str
    url: str
    source: str
    checked_on: dt.date
    address: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Need:
    """One thing a form must or should know.

    Attributes:
        names: Names of which one must be known, the one to ask for first.
        given: The need holds only while this name is known, and is no flag that says no; empty
            when it always holds.
    """

    names: tuple[str, ...]
    given: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Reason:
    """One reason a form can be sent for.

    Attributes:
        id: What a body asks by: `{% if reason == "not_received" %}`.
        problems: The problems it covers.
        mandatory: Without these nothing is written.
        recommended: What is missing of these is told as advice.
    """

    id: str
    problems: tuple[Problem, ...]
    mandatory: tuple[Need, ...] = ()
    recommended: tuple[Need, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class PlatformReason:
    """The words a platform's own form offers for some problems; data that the user may edit."""

    text: str
    problems: tuple[Problem, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class PlatformWish:
    """The words a platform's own form offers for some wishes."""

    text: str
    wishes: tuple[Wish, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class FormSource:
    """Who says what a form must hold."""

    title: str
    url: str
    checked_on: dt.date


@dataclasses.dataclass(frozen=True, slots=True)
class Limit:
    """How long a text may be, and who says so; `own` where nobody published one.

    Attributes:
        counted: What is counted.
    """

    name: str
    characters: int
    source: str
    own: bool
    counted: Counted = Counted.CHARACTERS


@dataclasses.dataclass(frozen=True, slots=True)
class HandBlank:
    """A line the law demands and the program refuses to hold, per language.

    Attributes:
        places: Countries or country-subdivision codes (`CA-QC`) where it is demanded.
    """

    places: tuple[str, ...]
    label: Mapping[str, str]
    reason: Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """One kind of letter or claim, as its folder under `forms/` says it.

    Attributes:
        title: In English, a message of the catalogue.
        summary: One sentence on when to use it; message of the catalogue.
        avenues: Avenues it serves.
        rules: Rules it serves, each by its id, which stands for the rules below it too
            (`uk.section75` for `uk.section75.pay_later`), or by a pack (`visa.`); empty means every
            rule of its avenues.
        department: Per language, the department a letter of this kind is addressed to.
        bodies: Per language, the body's source.
        plain: Whether the body knows only `{{field}}`: the forms of a desk's own folder.
        summary_rows: Names of the fields of the boxed summary, in order.
        references: Which references are told, own number first; empty means all.
        enclosures: What is usually enclosed, messages of the catalogue.
        platform_reasons: For submissions, the platform's words per problem.
        declaration: Whether it ends in a signed declaration.
        paper_signature: Whether it is signed only where it travels on paper, and says so.
        fields: For submissions, what the platform's own form asks for, in its order.
        group: The shelf it stands on.
        names: Per language, what the paper is called in its own metadata.
        stages: Where on its avenues it serves.
        moment: When it is offered.
        countries: Where the buyer must live for it, two letters or `CA-QC`; empty is everywhere.
        office: Its one recipient, where that is the same for everybody.
    """

    id: str
    kind: FormKind
    title: str
    summary: str
    avenues: tuple[str, ...]
    rules: tuple[str, ...]
    languages: tuple[str, ...]
    recipient: RecipientKind
    department: Mapping[str, str]
    reasons: tuple[Reason, ...]
    limits: tuple[Limit, ...]
    bodies: Mapping[str, str]
    sources: tuple[FormSource, ...]
    checked_on: dt.date
    plain: bool = False
    platform: str = ""
    summary_rows: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    by_hand: tuple[HandBlank, ...] = ()
    platform_reasons: tuple[PlatformReason, ...] = ()
    platform_wishes: tuple[PlatformWish, ...] = ()
    declaration: bool = True
    paper_signature: bool = False
    fields: tuple[str, ...] = SUBMISSION_FIELDS
    group: FormGroup = FormGroup.BANK
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    stages: tuple[str, ...] = ("first_filing",)
    moment: Moment = Moment.WINDOW
    countries: tuple[str, ...] = ()
    office: Office | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem it serves."""
        return tuple(problem for reason in self.reasons for problem in reason.problems)

    def reason_for(self, problem: Problem) -> Reason:
        """The reason that covers `problem`.

        Raises:
            Refused: The form does not serve it.
        """
        for reason in self.reasons:
            if problem in reason.problems:
                return reason
        raise Refused(
            tr("The form “{title}” does not serve this problem.", title=tr(self.title)),
            self.id,
            tr("Choose another form, or correct what went wrong on the case."),
        )

    def limit(self, name: str) -> Limit | None:
        """The limit called `name`; `None` when the form sets none."""
        return next((limit for limit in self.limits if limit.name == name), None)

    def serves_place(self, country: str, subdivision: str = "") -> bool:
        """Whether it is made for buyers who live there; an unknown country is not refused."""
        here = {country.upper(), f"{country}-{subdivision}".upper()}
        return not self.countries or not country or bool(here.intersection(self.countries))

    def serves(self, avenue: str, rule: str = "", problem: Problem | None = None) -> bool:
        """Whether it is made for this avenue, rule and problem; what is left out is not asked."""
        fits_rule = not rule or not self.rules or any(under(rule, mine) for mine in self.rules)
        fits_problem = problem is None or problem in self.problems
        return avenue in self.avenues and fits_rule and fits_problem


def under(rule: str, name: str) -> bool:
    """Whether `rule` is the one called `name`, or stands below it: `visa.` has all of its pack."""
    return f"{rule}.".startswith(f"{name.removesuffix('.')}.")


@dataclasses.dataclass(frozen=True, slots=True)
class FormRefused:
    """A form that was not taken: which file, at which key, and why."""

    file: str
    key: str
    why: str

    def __str__(self) -> str:
        """The three as one line."""
        return f"{self.file}: {self.key}: {self.why}" if self.key else f"{self.file}: {self.why}"


@dataclasses.dataclass(frozen=True, slots=True)
class FormSet:
    """The forms at hand, and those that were refused."""

    forms: tuple[Form, ...]
    refused: tuple[FormRefused, ...] = ()

    def get(self, form_id: str) -> Form:
        """The form called `form_id`.

        Raises:
            NotFound: There is none, or it was refused.
        """
        for form in self.forms:
            if form.id == form_id:
                return form
        raise NotFound(
            tr("There is no form called {name}.", name=form_id),
            form_id,
            tr("letter forms lists the forms there are."),
        )

    def serving(
        self, avenue: str, rule: str = "", problem: Problem | None = None
    ) -> tuple[Form, ...]:
        """The forms made for this avenue, rule and problem, shipped ones first.

        What is sent into an open window stands before reminders, complaints and answers.
        """
        made = [form for form in self.forms if form.serves(avenue, rule, problem)]
        return tuple(sorted(made, key=lambda form: form.moment is not Moment.WINDOW))


SECTIONS_OF = {
    FormKind.LETTER: tuple(s for s in Section if s is not Section.TEXT),
    FormKind.SUBMISSION: (Section.TEXT,),
    FormKind.MESSAGE: (Section.TEXT,),
}
"""Which sections a body of each kind may have, in order."""
