// A monthly budget for the resource group, with a warning before and at the limit.

@description('Name of the budget.')
param name string

@description('Amount per month in the currency of the billing account.')
param amount int

@description('First day of the month in which it began, yyyy-MM-dd.')
param start string

@description('E-mail addresses to warn.')
param emails string[]

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: start }
    notifications: {
      forecastAboveBudget: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: emails
      }
      spentFourFifths: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: emails
      }
      spentAll: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Actual'
        contactEmails: emails
      }
    }
  }
}
