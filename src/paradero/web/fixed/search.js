// Narrows the list of pages as somebody types, typing errors forgiven. The list is complete without it.
(function () {
  "use strict";
  var title = document.querySelector("h1");
  var sections = Array.prototype.slice.call(document.querySelectorAll("main section"));
  var items = Array.prototype.slice.call(document.querySelectorAll("main section li"));
  if (!title || !items.length) return;

  function spelt(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  }

  // pairs of letters: what two words share of them says how near they are
  function pairs(word) {
    var found = [];
    for (var at = 0; at < word.length - 1; at += 1) found.push(word.slice(at, at + 2));
    return found;
  }

  function nearness(typed, word) {
    if (word.indexOf(typed) === 0) return 1;
    if (typed.length < 3) return 0;
    var own = pairs(typed), other = pairs(word), rest = other.slice(), shared = 0;
    own.forEach(function (pair) {
      var at = rest.indexOf(pair);
      if (at >= 0) {
        shared += 1;
        rest.splice(at, 1);
      }
    });
    return (2 * shared) / Math.max(1, own.length + other.length);
  }

  var words = items.map(function (item) {
    return spelt(item.textContent).split(/[^0-9a-z\u00c0-\u024f]+/).filter(Boolean);
  });

  function holds(typed, of) {
    return typed.every(function (one) {
      return of.some(function (word) {
        return nearness(one, word) >= 0.5;
      });
    });
  }

  var form = document.createElement("form");
  form.className = "ask";
  form.setAttribute("role", "search");
  var label = document.createElement("label");
  label.appendChild(document.createTextNode(title.textContent + " "));
  var input = document.createElement("input");
  input.type = "search";
  label.appendChild(input);
  form.appendChild(label);
  var said = document.createElement("p");
  said.setAttribute("role", "status");
  form.appendChild(said);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  title.parentNode.insertBefore(form, document.querySelector("main nav") || sections[0]);

  input.addEventListener("input", function () {
    var typed = spelt(input.value).split(/[^0-9a-z\u00c0-\u024f]+/).filter(Boolean);
    var n = 0;
    items.forEach(function (item, at) {
      item.hidden = typed.length > 0 && !holds(typed, words[at]);
      if (!item.hidden) n += 1;
    });
    sections.forEach(function (section) {
      section.hidden = !section.querySelector("li:not([hidden])");
    });
    said.textContent = typed.length ? n + " / " + items.length : "";
  });
})();
