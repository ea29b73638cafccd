using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Policy;

/// <summary>One rule of the policy.</summary>
/// <param name="Id">What a row of the schedule, a preview and a report call it.</param>
/// <param name="Subject">What it is about; null for anything.</param>
/// <param name="When">Which of them, where not all.</param>
/// <param name="Law">What demands or allows it, where that is more than the GDPR.</param>
/// <param name="Clock">What starts the time.</param>
/// <param name="Period">ISO 8601 duration; null where the clock itself is the end.</param>
/// <param name="HeldBy">What puts the action off.</param>
public sealed record RetentionRule(
    string Id,
    Subject? Subject,
    ImmutableArray<DataClass> Classes,
    string? When,
    string Purpose,
    LawfulBasis Basis,
    string? Law,
    string Clock,
    string? Period,
    RetentionAction Action,
    ImmutableArray<RetentionHold> HeldBy);
