/*
 * The fields of a blueprint's sections, beside the text that is their one value. The server shows the fields of the blueprint that is chosen and
 * reads the text; a field that is changed is written into the text at once, before a form can be submitted. What no field can show stays
 * in the text as it is, and the text is not touched until a field is changed.
 */
(function () {
  let count = 0;

  function isMap(value) {
    return value !== null && typeof value === "object" && !Array.isArray(value);
  }

  function isLine(value) {
    return typeof value === "string" && value.trim() === value && value !== "" && !/[\r\n]/.test(value);
  }

  /* As it is where YAML takes it for nothing else, else in double quotes, which JSON and YAML have in common. */
  function scalar(value) {
    if (value === null) {
      return "";
    }
    const plain = /^([A-Za-z0-9/_]|\$\{)[A-Za-z0-9/_.@+=%${} -]*$/.test(value) && value.trim() === value && !/^(null|Null|NULL)$/.test(value);
    return plain ? value : JSON.stringify(value);
  }

  function pair(name, value, indent) {
    const key = indent + scalar(name) + ":";
    if (Array.isArray(value)) {
      return value.length === 0 ? key + " []\n" : key + "\n" + items(value, indent + "  ");
    }
    if (isMap(value)) {
      return Object.keys(value).length === 0 ? key + " {}\n" : key + "\n" + yaml(value, indent + "  ");
    }
    return (key + " " + scalar(value)).trimEnd() + "\n";
  }

  function items(list, indent) {
    return list
      .map(function (item) {
        if (isMap(item) && Object.keys(item).length > 0) {
          return indent + "- " + yaml(item, indent + "  ").substring(indent.length + 2);
        }
        // Lists within lists are in no request; JSON is YAML, too.
        return indent + "- " + (item !== null && typeof item === "object" ? JSON.stringify(item) : item === null ? "~" : scalar(item)) + "\n";
      })
      .join("");
  }

  function yaml(map, indent) {
    return Object.keys(map)
      .map(function (name) {
        return pair(name, map[name], indent);
      })
      .join("");
  }

  function leaves(value) {
    return isMap(value)
      ? Object.values(value).reduce(function (sum, each) {
          return sum + leaves(each);
        }, 0)
      : value === undefined || value === null
        ? 0
        : 1;
  }

  function start(root) {
    const blueprint = root.querySelector("[name='_.blueprint']");
    const text = root.querySelector("[name='_.sections']");
    if (root.dataset.started || !blueprint || !text || text.disabled || text.readOnly) {
      return;
    }
    root.dataset.started = "true";
    const place = root.querySelector(".ec2-docker-blueprint__sections");
    /* Sections that were taken back, should somebody change their mind. */
    let kept = {};
    let shown = "";
    /* What the text stands for; null while that is not known. */
    let sections = null;
    let asked = 0;

    function all(selector) {
      return Array.from(place.querySelectorAll(selector));
    }

    function ask(method, parameters) {
      return fetch(root.dataset.url + "/" + method, {
        method: "post",
        headers: crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded" }),
        body: new URLSearchParams(parameters),
      });
    }

    /** Undefined where there is nothing, or where what contains it is no section. */
    function get(path) {
      return path.split(".").reduce(function (map, name) {
        return isMap(map) ? map[name] : undefined;
      }, sections);
    }

    function isOptional(path) {
      return all("[data-kind='OPTIONAL']").some(function (input) {
        return input.dataset.path === path;
      });
    }

    /** Without a value it goes, and with it what is empty then and says nothing. */
    function put(path, value) {
      const names = path.split(".");
      const last = names.pop();
      const above = [];
      let map = sections;
      names.forEach(function (name) {
        if (!isMap(map[name])) {
          map[name] = {};
        }
        above.unshift({ map: map, name: name });
        map = map[name];
      });
      if (value !== undefined) {
        map[last] = value;
        return;
      }
      delete map[last];
      above.forEach(function (step, i) {
        const section = names.slice(0, names.length - i).join(".");
        if (Object.keys(step.map[step.name]).length === 0 && !isOptional(section)) {
          delete step.map[step.name];
        }
      });
    }

    /** The text of a field for a value; null for one that it cannot show. */
    function asTyped(kind, value, above) {
      if (value === undefined || value === null) {
        return above ? "" : null;
      }
      if (kind === "OPTIONAL") {
        return isMap(value) ? "yes" : value === "none" ? value : null;
      }
      if (kind === "LIST") {
        return Array.isArray(value) && value.length > 0 && value.every(isLine) ? value.join("\n") : null;
      }
      if (kind === "JSON") {
        return typeof value === "string" ? value : null;
      }
      return isLine(value) ? value : null;
    }

    /** The value for the text of a field. */
    function asMeant(input) {
      const typed = input.value.trim();
      if (input.dataset.kind === "OPTIONAL") {
        const section = get(input.dataset.path);
        if (isMap(section)) {
          kept[input.dataset.path] = section;
        }
        return typed === "yes" ? kept[input.dataset.path] || {} : typed || undefined;
      }
      if (typed === "") {
        return undefined;
      }
      if (input.dataset.kind !== "LIST") {
        return typed;
      }
      return typed
        .split("\n")
        .map(function (line) {
          return line.trim();
        })
        .filter(function (line) {
          return line !== "";
        });
    }

    function fillOne(input) {
      const path = input.dataset.path;
      const parent = path.substring(0, path.lastIndexOf("."));
      const above = parent === "" || get(parent) === undefined || get(parent) === null || get(parent) === "none" || isMap(get(parent));
      const typed = asTyped(input.dataset.kind, get(path), above);
      input.disabled = typed === null;
      const elsewhere = input.closest(".jenkins-form-item").querySelector(".ec2-docker-section__elsewhere");
      elsewhere.hidden = typed !== null;
      if (input.tagName === "SELECT") {
        const known = Array.from(input.options).some(function (option) {
          return option.value === (typed || "");
        });
        if (!known) {
          input.add(new Option(typed, typed));
        }
      } else if (input.type === "number" && typed && isNaN(Number(typed))) {
        // A box for numbers would show nothing.
        input.type = "text";
      }
      input.value = typed || "";
    }

    function refresh() {
      all("[data-kind='OPTIONAL']").forEach(function (input) {
        input.closest(".ec2-docker-section__body").querySelector(".ec2-docker-section__fields").hidden = input.value !== "yes";
      });
      all("[data-section]").forEach(function (section) {
        const mark = section.querySelector(".ec2-docker-section__given");
        const value = get(section.dataset.section);
        const given = leaves(value);
        mark.textContent =
          value === undefined || value === null
            ? ""
            : value === "none"
              ? mark.dataset.none
              : given > 0
                ? mark.dataset.text.replace("{0}", given)
                : mark.dataset.there;
      });
    }

    function showUsual(usual) {
      all("[data-path]").forEach(function (input) {
        const value = usual[input.dataset.path] || "";
        if (input.tagName === "SELECT") {
          const option = input.options[0];
          option.dataset.plain = option.dataset.plain || option.textContent;
          option.textContent = value === "" ? option.dataset.plain : option.dataset.usual.replace("{0}", value);
        } else {
          input.placeholder = input.tagName === "TEXTAREA" ? value.replaceAll(", ", "\n") : value;
        }
      });
    }

    function showProblems(problems) {
      all("[data-problem]").forEach(function (area) {
        const problem = problems[area.dataset.problem];
        if (problem || area.dataset.told) {
          updateValidationArea(area, problem || "<div/>");
        }
        area.dataset.told = problem ? "true" : "";
        for (let group = problem && area.closest("details"); group; group = group.parentElement.closest("details")) {
          group.open = true;
        }
      });
    }

    /** Asks what the text stands for; where a field has just been written to it, the fields stay as they are. */
    function read(written) {
      const turn = ++asked;
      if (!written) {
        // Nothing is to be written to a text of which it is not known what it says.
        sections = null;
        place.inert = true;
      }
      return ask("readSections", { blueprint: shown, value: text.value })
        .then(function (answer) {
          return answer.ok ? answer.json() : { sections: null };
        })
        .then(function (answer) {
          if (turn !== asked) {
            return;
          }
          place.hidden = answer.sections === null;
          place.inert = false;
          if (answer.sections !== null) {
            if (!written) {
              sections = answer.sections;
              kept = {};
              all("[data-path]").forEach(fillOne);
            }
            showUsual(answer.usual);
            showProblems(answer.problems);
            refresh();
          }
        });
    }

    /** Labels and suggestions belong to their field by ids, which must be unique on a page with several of these. */
    function connect() {
      all("[data-path]").forEach(function (input) {
        const item = input.closest(".jenkins-form-item");
        input.id = "ec2-docker-field-" + ++count;
        item.querySelector("label").htmlFor = input.id;
        const suggestions = item.querySelector("datalist");
        if (suggestions) {
          suggestions.id = input.id + "-choices";
          input.setAttribute("list", suggestions.id);
        }
      });
    }

    function showFields() {
      const name = blueprint.value.trim();
      const single = name === "" || name === "instance";
      root.querySelector(".ec2-docker-blueprint__text").hidden = single && text.value.trim() === "";
      if (name === shown) {
        return;
      }
      shown = name;
      sections = null;
      place.innerHTML = "";
      if (single) {
        return;
      }
      ask("showSections", { blueprint: name, parameters: root.dataset.parameters })
        .then(function (answer) {
          return answer.ok ? answer.text() : "";
        })
        .then(function (html) {
          if (name === shown) {
            place.innerHTML = html;
            connect();
            if (place.querySelector("[data-path]")) {
              read(false);
            }
            // What is wrong depends on the blueprint.
            text.dispatchEvent(new Event("change"));
          }
        });
    }

    let writing = false;
    place.addEventListener("change", function (event) {
      const input = event.target;
      if (!input.dataset.path || sections === null) {
        return;
      }
      put(input.dataset.path, asMeant(input));
      text.value = yaml(sections, "");
      if (input.dataset.kind === "OPTIONAL") {
        all("[data-path]").forEach(fillOne);
      }
      refresh();
      writing = true;
      text.dispatchEvent(new Event("change"));
      writing = false;
      read(true);
    });
    text.addEventListener("change", function () {
      if (!writing && place.querySelector("[data-path]")) {
        read(false);
      }
    });
    blueprint.addEventListener("change", showFields);
    showFields();
  }

  Behaviour.specify(".ec2-docker-blueprint", "ec2-docker-blueprint", 0, start);
})();
