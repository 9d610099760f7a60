"""The least that an answer costs here: fetch an update, post a message, and do nothing else. Its own process."""

import sys

import httpx

POLL_SECONDS = 25


def main(token_url: str) -> None:
    offset = 0
    with httpx.Client(trust_env=False, timeout=2 * POLL_SECONDS) as poll, httpx.Client(trust_env=False) as post:
        while True:
            asked = poll.post(f"{token_url}/getUpdates", data={"offset": str(offset), "timeout": str(POLL_SECONDS)})
            for update in asked.json()["result"]:
                offset = update["update_id"] + 1
                answer = {"chat_id": str(update["message"]["chat"]["id"]), "text": "Đã nhận."}
                post.post(f"{token_url}/sendMessage", data=answer).raise_for_status()


if __name__ == "__main__":
    main(sys.argv[1])
