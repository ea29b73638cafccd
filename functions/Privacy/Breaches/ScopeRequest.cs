using System.Collections.Immutable;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// Which data and how many people and records: as staff know it, or counted in the store over the accounts that are
/// listed or were in use between two times. What is given goes before what is counted.
/// </summary>
public sealed record ScopeRequest(
    ImmutableArray<DataClass>? DataClasses = null,
    long? People = null,
    long? Records = null,
    DateTimeOffset? From = null,
    DateTimeOffset? Until = null,
    ImmutableArray<string>? Accounts = null)
{
    public const int MaxAccounts = 1_000;

    private const long MaxPeople = 10_000_000_000;

    public void Validate(Validation validation)
    {
        validation.Require(People is null or (>= 0 and <= MaxPeople), "scope.people", $"Between 0 and {MaxPeople}.");
        validation.Require(Records is null or (>= 0 and <= MaxPeople), "scope.records", $"Between 0 and {MaxPeople}.");
        if (DataClasses is { } classes)
        {
            validation.Require(classes.Length > 0 && classes.Distinct().Count() == classes.Length, "scope.dataClasses", "At least one, and none twice.");
            validation.Require(!classes.Contains(DataClass.None), "scope.dataClasses", "none is no class of personal data.");
        }

        validation.Require((From is null) == (Until is null) && !(From > Until), "scope.from", "From and until belong together, the earlier first.");
        if (Accounts is not { } accounts) return;
        validation.Require(From is null, "scope.accounts", "Either a list of accounts or a time.");
        validation.Require(accounts.Length is > 0 and <= MaxAccounts, "scope.accounts", $"Between 1 and {MaxAccounts}.");
        validation.Require(accounts.Distinct(StringComparer.Ordinal).Count() == accounts.Length, "scope.accounts", "One is there twice.");
        validation.Require(accounts.All(IsAccountId), "scope.accounts", "Not an account id.");
    }

    /// <param name="counted">What the store says, when it was asked.</param>
    /// <param name="revision">The revision that this is going to be part of.</param>
    /// <param name="before">What is on record: who is affected stays so where this names neither accounts nor a time.</param>
    public BreachScope Resolve(AffectedExtent? counted, int revision, BreachScope? before)
    {
        var scope = new BreachScope(DataClasses ?? counted?.DataClasses ?? [], People ?? counted?.People, Records ?? counted?.Records);
        if (Accounts is { } accounts) return scope with { ListedIn = revision, Listed = accounts.Length, IsComplete = counted?.IsComplete ?? true };
        if (From is not null) return scope with { From = From, Until = Until, IsComplete = counted?.IsComplete ?? true };
        if (before is null) return scope;
        // The same numbers as before are as complete as they were.
        var isSame = (scope.People, scope.Records) == (before.People, before.Records);
        return before with { DataClasses = scope.DataClasses, People = scope.People, Records = scope.Records, IsComplete = !isSame || before.IsComplete };
    }

    private static bool IsAccountId(string text) =>
        text is { Length: > 0 and <= 128 } && !text.AsSpan().ContainsAny("/\\#?") && !text.Any(char.IsControl);
}
