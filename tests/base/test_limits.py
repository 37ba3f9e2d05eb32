"""Rate limits hold when many press at once, and give way again one by one."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import RequestFactory

from wimmentor.base.limits import TooMany, client_address, refuse_spent, spend, spend_letter


def try_spend(key: str, *, allowed: int, seconds: int = 60) -> bool:
    try:
        spend("test", key, allowed=allowed, seconds=seconds)
    except TooMany:
        return False
    return True


@pytest.mark.django_db
def test_uses_beyond_the_allowed_are_refused_with_a_sentence() -> None:
    passed = [try_spend("lucia", allowed=3) for _use in range(5)]

    with pytest.raises(TooMany, match="Your text is still here") as refusal:
        spend("test", "lucia", allowed=3, seconds=60)

    assert (passed, refusal.value.code) == ([True, True, True, False, False], "too_many")


@pytest.mark.django_db
def test_keys_and_actions_count_apart() -> None:
    spend("test", "lucia", allowed=1, seconds=60)
    spend("test", "ana", allowed=1, seconds=60)
    spend("other", "lucia", allowed=1, seconds=60)

    assert not try_spend("lucia", allowed=1)


def try_letter(address: str, recipient: str = "lucia@example.org") -> bool:
    try:
        spend_letter("test", recipient, RequestFactory().post("/", REMOTE_ADDR=address))
    except TooMany:
        return False
    return True


@pytest.mark.django_db
def test_letters_to_one_are_counted_where_they_are_asked_from_and_in_all() -> None:
    from_one = [try_letter("198.51.100.7") for _use in range(8)]
    from_others = [try_letter(f"198.51.100.{number}") for number in range(20, 40)]

    assert from_one == [True] * 6 + [False] * 2
    assert from_others == [True] * 18 + [False] * 2
    assert try_letter("198.51.100.7", "ana@example.org")


@pytest.mark.django_db
def test_key_is_not_readable_in_the_database() -> None:
    spend("test", "lucia@example.org", allowed=1, seconds=60)

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM base_cache")
        rows = cursor.fetchall()

    assert len(rows) == 1
    assert "lucia" not in str(rows)


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_spend_no_more_than_allowed() -> None:
    def use(_number: int) -> bool:
        try:
            return try_spend("crowd", allowed=4)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        passed = list(pool.map(use, range(10)))

    assert sum(passed) == 4


@pytest.mark.django_db
def test_each_use_comes_back_after_its_own_time() -> None:
    used = [try_spend("slow", allowed=2) for _use in range(2)]
    refused = try_spend("slow", allowed=2)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT min(cache_key) FROM base_cache")
        first_slot = cursor.fetchone()[0]
        cursor.execute("UPDATE base_cache SET expires = '2020-01-01 00:00:00+00:00' WHERE cache_key = %s", [first_slot])

    again = [try_spend("slow", allowed=2) for _use in range(2)]

    assert (used, refused, again) == ([True, True], False, [True, False])


@pytest.mark.django_db
def test_later_use_does_not_shorten_a_long_limit() -> None:
    """The cache's own counter would begin its five default minutes anew."""
    spend("test", "day", allowed=2, seconds=86400)
    spend("test", "day", allowed=2, seconds=86400)

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT expires FROM base_cache")
        ends = [str(row[0]) for row in cursor.fetchall()]

    tomorrow = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86400))
    assert [end[:10] for end in ends] == [tomorrow] * 2
    cache.clear()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
    ],
)
def test_address_of_the_client_cannot_be_forged(settings: object, proxies: int, forwarded: str, address: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies  # type: ignore[attr-defined]
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **headers)

    assert client_address(request) == address


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("no address", "no address"),
        ("", ""),
    ],
)
def test_addresses_of_one_visitor_count_as_one(remote: str, address: str) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=remote)) == address


@pytest.mark.django_db
def test_asking_whether_all_is_spent_spends_nothing() -> None:
    for _use in range(3):
        refuse_spent("test", "lucia", allowed=1)
    spend("test", "lucia", allowed=1, seconds=60)

    with pytest.raises(TooMany):
        refuse_spent("test", "lucia", allowed=1)


@pytest.mark.django_db
def test_a_crowd_does_not_push_a_limit_out_of_the_cache() -> None:
    spend("test", "lucia", allowed=1, seconds=60)
    for number in range(350):
        cache.set(f"crowd:{number}", 1, 60)

    assert not try_spend("lucia", allowed=1)
