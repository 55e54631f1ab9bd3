package io.jenkins.plugins.ec2docker.provisioning;

/**
 * Whether a run changes the containers of the instance that serves.
 *
 * @param instance that instance; only for {@link Way#IN_PLACE}, else null
 */
record RedeployDecision(Way way, String instance) {

    static final RedeployDecision ORDINARY = new RedeployDecision(Way.ORDINARY, null);
    static final RedeployDecision ANEW = new RedeployDecision(Way.ANEW, null);

    enum Way {
        /** As every update: by what Terraform does, and where it has to be by another instance. */
        ORDINARY,
        /** The instance stays, and its containers are told their images. */
        IN_PLACE,
        /** By another instance even where nothing has changed, because nobody knows what the one that serves runs. */
        ANEW
    }

    static RedeployDecision inPlace(String instance) {
        return new RedeployDecision(Way.IN_PLACE, instance);
    }

    boolean isInPlace() {
        return way == Way.IN_PLACE;
    }
}
