"""Blocks of whatever words, for tests of how a platform shows them."""

from hypothesis import strategies as st

from bot.conversation.replies import Block, Bullets, Credit, Credits, Note, Paragraph, Title

texts = st.text(max_size=60) | st.builds(
    lambda word, times: word * times, st.text(min_size=1, max_size=9), st.integers(1, 2500)
)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Title, texts),
    st.builds(Paragraph, texts),
    st.builds(Note, texts),
    st.builds(Bullets, st.lists(texts, max_size=4).map(tuple)),
    st.builds(
        Credits, texts, st.lists(st.builds(Credit, texts, texts, texts), max_size=9).map(tuple)
    ),
)
