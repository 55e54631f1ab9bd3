output "alarm_topic_arn" {
  description = "Topic of what people are told."
  value       = aws_sns_topic.alarm.arn
}

output "load_topic_arn" {
  description = "Topic of what functions are called for when load begins to rise."
  value       = aws_sns_topic.load.arn
}

output "rollback_alarm_names" {
  description = "Alarms that say that a new version is worse than the one before it."
  value = concat(
    [aws_cloudwatch_metric_alarm.response_time.alarm_name, aws_cloudwatch_metric_alarm.unhealthy_hosts.alarm_name],
    aws_cloudwatch_metric_alarm.errors[*].alarm_name,
  )
}

output "log_group_names" {
  description = "Log groups that the agent writes to."
  value       = [for group in aws_cloudwatch_log_group.this : group.name]
}

output "dashboard_name" {
  description = "Name of the dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
