(function () {
  "use strict";
  var cards = Array.prototype.slice.call(document.querySelectorAll(".card"));
  var box = document.getElementById("filter");
  var left = document.getElementById("left");
  document.getElementById("tools").hidden = false;
  function seen() { return cards.filter(function (card) { return !card.hidden; }); }
  function open(card) { card.querySelector("details").open = true; }
  function reveal() {
    var card = location.hash && document.getElementById(location.hash.slice(1));
    if (card && card.classList.contains("card")) { card.hidden = false; open(card); card.focus(); }
  }
  function step(by) {
    var all = seen();
    if (!all.length) { return; }
    var at = all.indexOf(document.activeElement.closest(".card"));
    var next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  }
  box.addEventListener("input", function () {
    var wanted = box.value.toLowerCase();
    cards.forEach(function (card) { card.hidden = card.textContent.toLowerCase().indexOf(wanted) < 0; });
    left.textContent = wanted ? seen().length + " of " + cards.length + " changes" : "";
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === box) { return; }
    if (event.key === "j") { step(1); }
    else if (event.key === "k") { step(-1); }
    else if (event.key === "/") { event.preventDefault(); box.focus(); }
    else if (event.key === "o") {
      var card = document.activeElement.closest(".card");
      if (card) { var details = card.querySelector("details"); details.open = !details.open; }
    }
  });
  window.addEventListener("hashchange", reveal);
  reveal();
}());
