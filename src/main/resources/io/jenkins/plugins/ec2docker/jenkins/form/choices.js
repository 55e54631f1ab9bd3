/*
 * Lets the choices of the plugin's combo boxes open by a click and by ↓, and close by Escape. Jenkins opens them as the field gets the focus, and a
 * click closes them at once. What is chosen is a change, on which other choices depend; Jenkins sets it as the value alone.
 */
(function () {
  function isOpen(field) {
    return Boolean(field.dropdown && field.dropdown.state.isVisible);
  }

  /* Jenkins listens to the focus once it has the choices: until then it is told again, for five seconds. */
  function open(field, more = 25) {
    field.dispatchEvent(new Event("focus"));
    if (!isOpen(field) && more > 0) {
      setTimeout(function () {
        if (document.activeElement === field) {
          open(field, more - 1);
        }
      }, 200);
    }
  }

  Behaviour.specify("INPUT.combobox2", "ec2-docker-choices", 200, function (field) {
    if (!(field.getAttribute("fillUrl") || "").includes("/io.jenkins.plugins.ec2docker.") || field.ec2DockerChoices) {
      return;
    }
    field.ec2DockerChoices = true;
    let known = field.value;
    field.addEventListener("change", function () {
      known = field.value;
    });
    ["focus", "keyup", "blur"].forEach(function (moment) {
      field.addEventListener(moment, function (event) {
        /* While somebody types, the browser tells itself when that is a change. */
        if (field.value !== known && (moment !== "keyup" || event.key === "Enter")) {
          field.dispatchEvent(new Event("change", { bubbles: true }));
        }
      });
    });
    field.addEventListener("click", function () {
      setTimeout(() => open(field));
    });
    field.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown" && !isOpen(field)) {
        event.preventDefault();
        open(field);
      } else if (event.key === "Escape" && isOpen(field)) {
        field.dropdown.hide();
      }
    });
  });
})();
