// After a swap the focus goes to the heading of what changed; a sentence for screen readers is taken from the answer.
document.addEventListener("htmx:afterSwap", (event) => {
  const swapped = event.detail.elt;
  const heading = swapped.matches("[data-focus]") ? swapped : swapped.querySelector("[data-focus]");
  if (heading) {
    heading.setAttribute("tabindex", "-1");
    heading.focus();
  }
  const sentence = swapped.querySelector("[data-announce]");
  const place = document.getElementById("announce");
  if (sentence && place) {
    place.textContent = sentence.textContent;
  }
});

// A refusal (409, 422) is worth reading too: a whole page takes the place of the page, a fragment that of its target.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr;
  if (![409, 422].includes(answer.status)) {
    return;
  }
  event.detail.shouldSwap = true;
  event.detail.isError = false;
  if (/^\s*<!doctype/i.test(answer.responseText)) {
    event.detail.target = document.body;
  }
});
