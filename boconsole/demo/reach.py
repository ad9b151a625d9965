"""How the contacts of the demo are reached, and a few of them to try things on."""

from boconsole.contacts import changing, reading
from boconsole.contacts.changing import Ref
from boconsole.session import Session

PLACES: dict[str, dict[str, object]] = {
    "Hotel Mulia": {
        "domain": "hotelmulia.example", "country": "ID", "phone": "021 570 1234", "vip": True,
        "website": "https://hotelmulia.example", "payment_days": 14, "currency": "IDR",
        "language": "id", "tags": "emas, hotel",
        "support_note": "Lobi buka 24 jam; jangan mulai ulang apa pun tanpa menelepon dulu.",
    },
    "Klinik Sehat": {"domain": "kliniksehat.example", "country": "ID", "phone": "022 420 3456",
                     "tags": "kesehatan"},
    "Sumber Komputer": {"domain": "sumberkomputer.example", "country": "ID",
                        "phone": "021 612 7890", "payment_days": 30, "tags": "perangkat"},
    "Mitra Jaringan": {"domain": "mitrajaringan.example", "country": "ID",
                       "phone": "021 555 4411", "email": "billing@mitrajaringan.example"},
    "Cetak Cepat": {"country": "ID", "phone": "0251 832 1122"},
}  # fmt: skip
PEOPLE: tuple[dict[str, object], ...] = (
    {"name": "Ratih Kusuma", "organisation": "Hotel Mulia", "title": "Manajer TI", "vip": True,
     "email": "ratih@hotelmulia.example", "phone": "0812 1100 2233"},
    {"name": "Kusuma Ratih", "organisation": "Hotel Mulia", "phone": "0812 1100 2233",
     "email": "r.kusuma@hotelmulia.example"},
    {"name": "Dewi Anggraini", "organisation": "Klinik Sehat", "title": "Pembelian",
     "email": "dewi@kliniksehat.example", "phone": "0813 4455 6677"},
    {"name": "Joko Prabowo", "organisation": "Sumber Komputer", "title": "Penjualan",
     "email": "joko@sumberkomputer.example", "phone": "0811 987 654"},
    {"name": "Tono Hartanto", "organisation": "Mitra Jaringan", "title": "Teknisi",
     "phone": "0857 7000 8899"},
)  # fmt: skip
"""The first two are one person, for the room of duplicates."""


def keep(session: Session) -> None:
    """Tell how they are reached, where the demo has them."""
    for name, given in PLACES.items():
        place = reading.organisation_named(session, name)
        if place is None:
            return
        changing.edit(session, "organisation", Ref(place), given)
    hotel = Ref(reading.find(session, "organisation", "Hotel Mulia"))
    changing.add_address(session, "organisation", hotel, "delivery",
                         "Dermaga bongkar 2\nJl. Asia Afrika 8\nJakarta 10270")  # fmt: skip
    changing.add_channel(session, "organisation", hotel, "mail", "faktur@hotelmulia.example",
                         "faktur")  # fmt: skip
    made = [changing.add(session, "contact", given).id for given in PEOPLE]
    changing.add_channel(session, "contact", Ref(made[0]), "chat", "@ratih.k")
    note = "Lebih suka dihubungi pagi hari.\n\n- kontrak ditinjau tiap Juni"
    changing.add_note(session, "contact", Ref(made[0]), note)
