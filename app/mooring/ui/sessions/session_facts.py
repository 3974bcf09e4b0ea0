"""What the footer tells of a session, in few words."""

from __future__ import annotations

from textual.content import Content

from mooring.session import ForwardCount, Session, SessionState
from mooring_widgets.plain_text import plain_text

_STATES = {
    SessionState.CONNECTING: "◌ connecting",
    SessionState.OPEN: "● open",
    SessionState.RECONNECTING: "↻ connecting again",
    SessionState.ENDED: "■ ended",
    SessionState.FAILED: "✕ failed",
}


def facts_of(session: Session) -> Content:
    """Implementation, host key, way and state: "⚠ guarded · native · ed25519 ✓ · via bastion · ● open"."""
    words = ["⚠ guarded"] if session.machine.guard else []
    facts = session.facts
    if facts is not None:
        words.append(facts.implementation)
        if facts.key_type:
            words.append(f"{plain_text(facts.key_type)} ✓")
        if facts.hops:
            words.append(f"via {plain_text(', '.join(facts.hops))}")
    else:
        words.append("native")
    if told := spell_forwards(session.forwards):
        words.append(told)
    words.append("◌ no answer" if session.is_silent else _STATES[session.state])
    facts_text = (" · ".join(words), ".status-bar--facts")
    if not session.is_recorded:
        return Content.assemble(facts_text)
    return Content.assemble(("◉ REC", ".status-bar--recording"), (" · ", ".status-bar--facts"), facts_text)


def spell_forwards(count: ForwardCount) -> str:
    """How many forwards there are: "3 forwards", "2 forwards, 1 ✕"; nothing where there are none."""
    if not count.standing and not count.failed:
        return ""
    text = f"{count.standing} {'forward' if count.standing == 1 else 'forwards'}"
    return f"{text}, {count.failed} ✕" if count.failed else text
