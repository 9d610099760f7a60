"""Anybody says anything on a channel without buttons: nothing breaks, and everybody is answered."""

import random
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from tests.world import World, plain

SAID = (
    "1", "2", "3", "4", "9", "số 1", "một", "1 3", "1 và 2", "ok", "đồng ý", "không", "viec", "homnay", "xong 1",
    "xong 2", "vuongmac 1 thiếu kinh phí", "giahan 2 20/12 chờ Bộ", "tiendo 1 50", "trogiup", "toi", "ngatketnoi",
    "thôi", "hủy", "giao Phạm Thị Dung; 5 ngày làm việc; Rà soát", "chidao Kế hoạch năm", "cảm ơn", "nghi 24/11",
    "tralai 1", "hoantac", "27/11", "x" * 300, "", "visao", "lich", "dinhky", "kenh", "tinhhinh", "donvi",
)  # fmt: skip
WHO = ("Lan", "Bình", "Dung", "Hải", "Khánh")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_is_said_everybody_is_answered_once(world: World, seed: int) -> None:
    world.channel.limits = replace(world.channel.limits, most_buttons=0)
    world.store.limits = {"telegram": world.channel.limits}
    chance = random.Random(seed)
    with capture_logs() as logs:
        for _ in range(200):
            who, text = chance.choice(WHO), chance.choice(SAID)
            before = [plain(one.text) for one in world.hears_all(who)]
            await world.says(who, text)
            heard = [plain(one.text) for one in world.hears_all(who)]
            assert heard, (who, text, before)
            if chance.random() < 0.1:
                world.clock.move(minutes=chance.choice((1, 60, 600)))
                await world.tick()
    assert [one for one in logs if one["log_level"] in ("error", "critical")] == []
    assert all(one[1].buttons == () for one in world.channel.sent)
