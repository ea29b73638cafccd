using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>A revision of a breach as staff see it.</summary>
/// <param name="Missing">What it still takes to close it, by member; absent when nothing does.</param>
/// <param name="Alerts">Those that were raised; absent in lists.</param>
public sealed record BreachView(
    string Id,
    int Revision,
    DateTimeOffset EnteredAt,
    DateTimeOffset ChangedAt,
    string ChangedBy,
    DateTimeOffset NoticedAt,
    DateTimeOffset AwareAt,
    BreachView.ClockPart Clock,
    string WhatHappened,
    BreachView.ScopePart? Scope,
    string? LikelyConsequences,
    string? Measures,
    string? ContactPoint,
    AuthorityReport? ReportedToAuthority,
    PeopleTold? ToldPeople,
    DateTimeOffset? ClosedAt,
    IReadOnlyDictionary<string, string[]>? Missing,
    ImmutableArray<BreachView.AlertPart>? Alerts)
{
    /// <param name="State">Of the report to the authority.</param>
    /// <param name="People">Of telling the people affected.</param>
    /// <param name="HoursLeft">Until <paramref name="DueAt"/> when this was answered, below zero when it is past; absent once both have stopped.</param>
    public sealed record ClockPart(DateTimeOffset DueAt, ReportState State, ReportState People, double? HoursLeft);

    /// <param name="Accounts">How many accounts are listed one by one.</param>
    /// <param name="AtLeast">True when counting was broken off: there are at least so many.</param>
    public sealed record ScopePart(
        ImmutableArray<DataClass> DataClasses, long? People, long? Records, DateTimeOffset? From, DateTimeOffset? Until, int? Accounts, bool? AtLeast);

    /// <param name="DueAt">Which end of the 72 hours it is about.</param>
    /// <param name="HoursLeft">0 and below: so long had the time been up.</param>
    public sealed record AlertPart(DateTimeOffset? DueAt, int HoursLeft, DateTimeOffset RaisedAt, DateTimeOffset? MailedAt);

    public static BreachView Of(Breach breach, DateTimeOffset now, ImmutableArray<RaisedAlert>? alerts = null)
    {
        var missing = BreachRules.Missing(breach);
        return new(
            breach.Id, breach.Revision, breach.EnteredAt, breach.ChangedAt, breach.ChangedBy, breach.NoticedAt, breach.AwareAt, Clocked(breach, now),
            breach.WhatHappened, Scoped(breach.Scope), breach.LikelyConsequences, breach.Measures, breach.ContactPoint, breach.ReportedToAuthority,
            breach.ToldPeople, breach.ClosedAt, missing.Count == 0 ? null : missing,
            alerts is { } raised ? [.. raised.OrderBy(alert => alert.RaisedAt).ThenByDescending(alert => alert.HoursLeft).Select(alert => new AlertPart(alert.DueAt, alert.HoursLeft, alert.RaisedAt, alert.MailedAt))] : null);
    }

    public static JsonResult<BreachView> Result(Breach breach, DateTimeOffset now, ImmutableArray<RaisedAlert> alerts, int status = StatusCodes.Status200OK) =>
        new(Of(breach, now, alerts), BreachJson.Web.Type<BreachView>(), status)
        {
            // What the clock shows follows from dueAt, and alerts are no change by people: only a revision is a new state.
            ETag = TagOf(breach),
            Location = status == StatusCodes.Status201Created ? $"/api/privacy/breaches/{breach.Id}" : null,
        };

    public static string TagOf(Breach breach) => ETags.OfText($"{breach.Id} {breach.Revision}");

    private static ClockPart Clocked(Breach breach, DateTimeOffset now)
    {
        var (authority, people) = (ReportClock.StateOf(breach, now), ReportClock.PeopleStateOf(breach, now));
        var isRunning = ReportClock.IsRunning(authority) || ReportClock.IsRunning(people);
        return new(ReportClock.DueAt(breach), authority, people, isRunning ? Math.Round((ReportClock.DueAt(breach) - now).TotalHours, 2) : null);
    }

    private static ScopePart? Scoped(BreachScope? scope) => scope is null
        ? null
        : new(
            scope.DataClasses, scope.People, scope.Records, scope.From, scope.Until, scope.ListedIn is null ? null : scope.Listed,
            scope.IsComplete ? null : true);
}

[JsonSerializable(typeof(BreachRequest))]
[JsonSerializable(typeof(BreachView))]
[JsonSerializable(typeof(ListBreaches.Response))]
internal sealed partial class BreachJson : JsonSerializerContext
{
    public static BreachJson Web { get; } = new(Json.Strict());
}
