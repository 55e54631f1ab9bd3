package io.jenkins.plugins.ec2docker.jenkins;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * For a test class whose {@code @BeforeAll} method takes a {@code JenkinsRule}: a Jenkins takes seconds to start, so that all its tests share
 * one. It ends with the class, which {@link WithJenkins} alone does not see to.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithJenkins
@ExtendWith(SharedJenkins.class)
public @interface OneJenkins {}
