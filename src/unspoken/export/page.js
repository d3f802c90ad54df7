(() => {
  const nav = document.querySelector("nav");
  const buttons = [...nav.querySelectorAll("button")];
  const spoken = document.querySelector(".spoken");
  const article = (key) => document.getElementById(`through-${key}`);
  const shown = () => buttons.find((one) => one.getAttribute("aria-pressed") === "true");
  const timed = (key) => [...article(key).querySelectorAll("[data-time]")];
  const time = (paragraph) => Number(paragraph.dataset.time);

  // The paragraph that the reader is at: the first whose end is below the buttons.
  const place = (key) => {
    const edge = nav.getBoundingClientRect().bottom;
    return timed(key).find((one) => one.getBoundingClientRect().bottom > edge + 8);
  };

  const show = (key, { first = false } = {}) => {
    const before = shown();
    if (!article(key) || before.dataset.eyes === key) return;
    const at = nav.getBoundingClientRect().top <= 0 ? place(before.dataset.eyes) : undefined;
    for (const one of buttons) {
      const chosen = one.dataset.eyes === key;
      one.setAttribute("aria-pressed", String(chosen));
      article(one.dataset.eyes).hidden = !chosen;
      article(one.dataset.eyes).classList.toggle("changed", chosen && !first);
      if (chosen) spoken.textContent = one.textContent;
    }
    if (at) {
      // The same moment: the last paragraph that begins no later, or else the first.
      const there = timed(key);
      const upTo = there.filter((one) => time(one) <= time(at));
      const target = upTo.find((one) => time(one) === time(upTo.at(-1))) ?? there[0];
      target?.scrollIntoView({ block: "start" });
    }
    if (!first) history.replaceState(null, "", `#${key}`);
  };

  nav.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) show(button.dataset.eyes);
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const number = Number(event.key);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const now = buttons.indexOf(shown());
    const button = step
      ? buttons[(now + step + buttons.length) % buttons.length]
      : buttons[number - 1];
    if (!button) return;
    if (nav.contains(document.activeElement)) button.focus();
    show(button.dataset.eyes);
  });
  nav.hidden = false;
  show(location.hash.slice(1), { first: true });
})();
