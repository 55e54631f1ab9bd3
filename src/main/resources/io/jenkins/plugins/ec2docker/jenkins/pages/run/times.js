/* Says the exact time of each relative one in the reader's language and time zone. */
(function () {
  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

  Behaviour.specify("time.ec2-docker-time", "ec2-docker-time", 0, function (time) {
    const moment = new Date(time.dateTime);
    if (!Number.isNaN(moment.getTime())) {
      time.title = exact.format(moment);
    }
  });
})();
