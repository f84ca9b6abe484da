"""Offices and organisations that only grammar tells: the nouns and the names are in no list. Everybody is invented."""

import pytest

from habeas.extraction.attribution.reports import Report
from habeas.extraction.entities import find_cast
from habeas.extraction.references import References
from habeas.extraction.references.speakers import Speakers
from habeas.extraction.segment import analyse


def told(source: str) -> tuple[str | None, str | None]:
    """Role and organisation of the speaker of a sentence that begins with these words."""
    source = source[0].upper() + source[1:]
    page = analyse(f"{source} said on Monday that visits had been stopped.")
    references = References(page, find_cast(page))
    report = Report(((0, len(source)),), (), ((len(source) + 1, len(page.text) - 1),))
    speaker = Speakers(page, references.cast, references).all([report])[0]
    return speaker.role, speaker.organisation


@pytest.mark.parametrize(
    ("source", "role", "organisation"),
    [
        ("Delia Moravec, campaigns lead at Lumen,", "campaigns lead", "Lumen"),
        ("Delia Moravec, a paralegal with the Lumen Network,", "paralegal", "Lumen Network"),
        ("the Lumen Network's campaigns lead, Delia Moravec,", "campaigns lead", "Lumen Network"),
        ("the Lumen Network's campaigns lead Delia Moravec", "campaigns lead", "Lumen Network"),
        ("Lumen spokesperson Delia Moravec", "spokesperson", "Lumen"),
        ("Lumen's spokesperson Delia Moravec", "spokesperson", "Lumen"),
        ("Delia Moravec, speaking for the Lumen Network,", None, "Lumen Network"),
        ("Delia Moravec, a lawyer with the rights group Lumen,", "lawyer", "Lumen"),
        ("Dr Oren Talvik of the Saint Ilia hospital", None, "Saint Ilia hospital"),
        ("Oren Talvik, from the ministry of justice,", None, "ministry of justice"),
        ("Oren Talvik of the party's central committee", None, "party's central committee"),
        ("Ramat warden Oren Talvik", "warden", "Ramat"),
        ("a hospital spokeswoman", "spokeswoman", "hospital"),
        ("Farhad Nouri of Prisoners First", None, "Prisoners First"),
        ("Teresa Mwangi, Kenya director for Rights Now,", "Kenya director", "Rights Now"),
        ("Delia Moravec, director of advocacy for Press Freedom Now,", "director of advocacy", "Press Freedom Now"),
        ("the Lumen Network's head of delegation, Delia Moravec,", "head of delegation", "Lumen Network"),
        ("Amina Diallo, president of Femmes Debout,", "president", "Femmes Debout"),
        ("Vikalpa lawyer Ramil Gizat", "lawyer", "Vikalpa"),
        ("human rights lawyer Soraya Bekkouche", "lawyer", None),
        ("state prosecutor Dulat Berik", "State prosecutor", None),
        ("Sabine Keller, Middle East researcher at the Lumen Network,", "Middle East researcher", "Lumen Network"),
        ("Lena Ostrova from the support committee Free Ilya", None, "Free Ilya"),
        ("the leader in the Islamic Renewal movement, Ahmad Shalash,", "leader", "Islamic Renewal"),
        ("Salwa Barghouti, whose husband has been held since 2019,", "wife", None),
        ("an aide at the presidential palace", "aide", "presidential palace"),
        ("a soldier of the garrison", "soldier", "garrison"),
        ("a diplomat at the Orvale embassy", "diplomat", "Orvale embassy"),
        ("the prosecutor general's office spokeswoman Delia Moravec", "spokeswoman", "prosecutor general's office"),
        ("the families' committee spokeswoman, Delia Moravec,", "spokeswoman", "families' committee"),
        ("a 52-year-old teacher", "teacher", None),
        # No organisation is told by these.
        ("Oren Talvik, one of their six attorneys,", "attorney", None),
        ("Delia Moravec, one of the couple's four daughters,", "daughter", None),
        ("Delia Moravec, one of the lawyers on the case,", "lawyer", None),
        ("Oren Talvik, one of the prisoners,", None, None),
        ("Village head Oren Talvik", "Village head", None),
        ("his brother, Oren Talvik of Kestra,", "brother", None),
        ("Oren Talvik of Kestra", None, None),
        ("a man at the scene", "man", None),
        ("an officer at the gate", "officer", None),
        ("Oren Talvik, a friend of the Lumen Network,", "friend", None),
        # What leads something stands right after it.
        ("party chairman Joren Kannel", "chairman", "Party"),
        ("bar secretary Nusha Beride", "secretary", "Bar"),
        ("Army chief General Pavo Ekwe", "chief", "Army"),
        ("Coast Guard Commander Jin Parvo", "Commander", "Coast Guard"),
        ("Kestra Police PRO Sunita Raon", "PRO", "Kestra Police"),
        ("the Police Public Relations Officer, Superintendent Bala Munso,", "Police Public Relations Officer", None),
        # An article and a rank between the office and the name.
        ("the head of the commission of prisoners, the brigadier Khalil Arra,", "head", "commission of prisoners"),
        ("the director of Open Wells, the Rev. Lukas Adey,", "director", "Open Wells"),
        # Capitals after the name are an office all the same.
        ("Moussa Gayard, Executive Secretary of the Lumen Network,", "Executive Secretary", "Lumen Network"),
        # In brackets, and with the place that a name goes on with.
        ("Sofia Lemark (Médecins du Large)", None, "Médecins du Large"),
        ("doctors at the Central Hospital of Ramat", "Doctors", "Central Hospital of Ramat"),
        ("sister Agnes Mbekel of the Little Sisters of Ramat", "Sister", "Little Sisters of Ramat"),
        # Whatever somebody does, told by plain words before the name.
        ("art historian Carla Nuno", "Art historian", None),
        ("night watchman Musa Kanel", "Night watchman", None),
        ("human rights defender Marta Villal of Open Wells", "Human rights defender", "Open Wells"),
        ("prison doctor Alan Rouxel", "doctor", None),
        ("Priya Ramand, deputy Asia director at the Lumen Network,", "deputy Asia director", "Lumen Network"),
        ("Ana Holm, who has led the Lumen Network since May,", "leader", "Lumen Network"),
        ("Ana Holm, appearing for the family,", "lawyer", None),
        ("Swiss president Ursa Meiers", "president", "Switzerland"),
        ("the head of parliament, Jorge Rodal,", "head of parliament", None),
    ],
)
def test_a_source_tells_whose_speaker_it_is(source: str, role: str | None, organisation: str | None) -> None:
    assert told(source) == (role, organisation)
