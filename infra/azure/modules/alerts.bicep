// What somebody is told about, and whom. Each rule is a query over the workspace: a row that it finds, or a function
// that it does not find, becomes an e-mail.

import { Tags, Timers } from 'types.bicep'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('What makes names unique.')
param token string

@description('The workspace that is queried.')
param workspaceId string

@description('E-mail addresses to tell.')
param emails string[]

@description('Refused or failed webhook deliveries within 30 minutes that are still normal.')
param webhookFailureThreshold int

@description('Server errors within 30 minutes that are still normal.')
param serverErrorThreshold int

@description('Every function with a timer, by name, and the hours within which it must have succeeded once.')
param timers Timers

// Each looks back further than it waits between looks, because telemetry arrives minutes late. Looking every five
// minutes costs three times as much as every fifteen: only what cannot wait does.
//
// A stateful rule that has fired tells nobody anything until it is resolved, so that another finding would hide behind the
// first one. Only rules that say how something stands are stateful; those of which each row is a finding of its own fire
// at every look that finds one. What stands in the window is told once more by that, and what goes on for hours four
// to six times an hour. `quiet` is how long a rule waits after a mail at least: less than its window, so that nothing is
// missed. Where a number is counted against a threshold it may be longer: what goes on is told again.
var findings = [
  {
    name: 'poison-message'
    title: 'A queue message failed too often and was set aside'
    help: 'The message names the poison queue. What failed is in AppExceptions of the minutes before; the message is in GET /api/operations/dead-letters, from where it is sent back or removed.'
    severity: 1
    threshold: 0
    every: 'PT15M'
    window: 'PT30M'
    stateful: false
    quiet: null
    // Written by the Functions host when it moves a message; the text is its own.
    query: '''
AppTraces
| where Message startswith "Message has reached MaxDequeueCount"
| project TimeGenerated, Message
'''
  }
  {
    name: 'critical-log'
    title: 'The app needs a person'
    help: 'The app logs at level critical only what nothing else will put right, for instance a signed webhook event that it cannot read. The message says what and where.'
    severity: 0
    threshold: 0
    every: 'PT5M'
    window: 'PT15M'
    stateful: false
    quiet: 'PT10M'
    query: '''
AppTraces
| where SeverityLevel >= 4
| project TimeGenerated, Message
'''
  }
  {
    name: 'webhook-failures'
    title: 'Webhooks are refused or fail'
    help: 'Status 400: the signing secret does not fit (rotation?) or somebody is knocking. Status 5xx: not stored; the provider delivers again for days, so nothing is lost yet.'
    severity: 1
    threshold: webhookFailureThreshold
    every: 'PT15M'
    window: 'PT30M'
    stateful: false
    quiet: 'PT1H'
    query: '''
AppRequests
| where Url contains "/api/webhooks/"
| where toint(ResultCode) >= 400
| project TimeGenerated, Name, ResultCode
'''
  }
  {
    name: 'server-errors'
    title: 'Requests end in server errors'
    help: 'Look at AppExceptions of the same minutes. 503 means that storage or a provider did not answer.'
    severity: 2
    threshold: serverErrorThreshold
    every: 'PT15M'
    window: 'PT30M'
    stateful: false
    quiet: 'PT1H'
    query: '''
AppRequests
| where toint(ResultCode) >= 500
| where Url !contains "/api/health/"
| project TimeGenerated, Name, ResultCode
'''
  }
  {
    name: 'reconciliation-lag'
    title: 'Orders wait too long for a look'
    help: 'Orders in flight were more than an hour overdue: the timer SweepOrders did not run, or the queue order-checks is not worked off. They have been sent again; should this come back, look at that queue and at AppExceptions of AdvanceOrder.'
    severity: 2
    threshold: 0
    every: 'PT15M'
    window: 'PT30M'
    stateful: true
    quiet: null
    // Written by SweepOrders.
    query: '''
AppTraces
| where Message endswith "orders were overdue for a look"
| project TimeGenerated, Message
'''
  }
  {
    name: 'lost-webhooks'
    title: 'Payment events were lost on the way'
    help: 'The shop found them in the provider\'s own list and has queued them, so their orders are right within minutes. Why did their webhooks not come? Look at the deliveries in the provider\'s dashboard, and at webhook-failures. GET /api/operations/reconciliation says how many there were.'
    severity: 2
    threshold: 0
    every: 'PT15M'
    window: 'PT30M'
    stateful: false
    quiet: null
    // Written by ReconcileEvents and ReconcileCaptures.
    query: '''
AppTraces
| where Message endswith "events never came as webhooks, or were not applied"
| project TimeGenerated, Message
'''
  }
  {
    name: 'vault-references'
    title: 'A setting could not be read from the vault'
    help: '404: the secret does not exist (yet). 403: the app\'s identity lost its role. The app gets the reference instead of the value and refuses what needs it; /api/health/ready names the part. Put it right, then refresh the references (README, rotating).'
    severity: 1
    threshold: 0
    every: 'PT15M'
    window: 'PT30M'
    stateful: false
    quiet: null
    query: '''
AZKVAuditLogs
| where OperationName == "SecretGet"
| where HttpStatusCode in (403, 404)
| project TimeGenerated, RequestUri, HttpStatusCode
'''
  }
  {
    name: 'log-cap'
    title: 'The day\'s log volume is used up'
    help: 'Nothing is recorded until the next day, and no other rule here sees anything. Usage shows which table grew; LOG_DAILY_CAP_GB raises the cap.'
    severity: 1
    threshold: 0
    every: 'PT15M'
    window: 'PT30M'
    stateful: true
    quiet: null
    // Written by Azure Monitor itself, outside of the cap.
    query: '''
_LogOperation
| where Category =~ "Ingestion"
| where Detail contains "OverQuota"
| project TimeGenerated, Operation, Detail
'''
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'shop'
    emailReceivers: [
      for (email, i) in emails: {
        name: 'email-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in concat(
    map(findings, finding => union(finding, { operator: 'GreaterThan' })),
    map(items(timers), timer => {
      name: 'not-run-${toLower(timer.key)}'
      title: '${timer.key} has not run for ${timer.value} hours'
      help: 'POST /admin/functions/${timer.key} runs it by hand. Its last failure is in AppExceptions.'
      severity: 1
      threshold: 1
      operator: 'LessThan'
      window: 'P2D'
      every: 'PT1H'
      stateful: true
      quiet: null
      query: 'AppTraces | where TimeGenerated > ago(${timer.value}h) | where Message startswith "Executed \'Functions.${timer.key}\' (Succeeded" | project TimeGenerated'
    })
  ): {
    name: 'alert-${rule.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: rule.help
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.every
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
      autoMitigate: rule.stateful
      muteActionsDuration: rule.quiet
      // The tables appear with the first telemetry, which comes after this deployment.
      skipQueryValidation: true
    }
  }
]
