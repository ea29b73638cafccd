using System.Collections.Immutable;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>
/// One step in the history of a consent: table <c>accounts</c>, RowKey <c>consent-{purpose}-{ticks}</c>. Steps are only
/// ever added; the latest one holds.
/// </summary>
[Stored(StorageNames.Accounts, Prefix + "*", Subject.Account)]
public sealed class ConsentEntity : ITableEntity
{
    public const string Prefix = "consent-";

    [Holds(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.None)] public string RowKey { get; set; } = "";

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    [Holds(DataClass.Consent)] public string Purpose { get; set; } = "";

    /// <summary>True when it was given, false when it was withdrawn.</summary>
    [Holds(DataClass.Consent)] public bool Given { get; set; }

    [Holds(DataClass.Consent)] public DateTimeOffset At { get; set; }

    /// <summary>Which version of the words was agreed to; null for a withdrawal.</summary>
    [Holds(DataClass.Consent)] public string? Wording { get; set; }

    /// <summary>Whether the person said to be under 16 then.</summary>
    [Holds(DataClass.Consent)] public bool Under16 { get; set; }

    /// <summary>For somebody under 16, the parent who agreed.</summary>
    [Holds(DataClass.Consent)] public string? ParentName { get; set; }

    [Holds(DataClass.Consent)] public string? ParentEmail { get; set; }

    public static string RowKeyOf(string purpose, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{purpose}-{at.UtcTicks:D19}");
}

/// <summary>What a person has agreed to and taken back, oldest first, and what that means now.</summary>
public sealed record ConsentHistory(AccountEntity Account, ImmutableArray<ConsentEntity> Steps)
{
    /// <summary>Giving stops here; withdrawing is never refused.</summary>
    public const int MostSteps = 200;

    public ConsentEntity? Latest(string purpose) => Steps.LastOrDefault(step => step.Purpose == purpose);

    /// <returns>The latest step where it says the same already: nothing is added then.</returns>
    public ConsentEntity? Same(GiveConsent.Request request) => Latest(request.Purpose) switch
    {
        null => null,
        { Given: false } latest => request.Given ? null : latest,
        var latest => request.Given && latest.Wording == request.Wording!.Trim() && latest.Under16 == request.Under16 ? latest : null,
    };

    public ConsentEntity Add(GiveConsent.Request request, DateTimeOffset now)
    {
        // Steps follow each other even when the clock stands still or was set back.
        var at = Latest(request.Purpose) is { } latest && latest.At >= now ? latest.At.AddTicks(1) : now;
        return new()
        {
            PartitionKey = Account.PartitionKey,
            RowKey = ConsentEntity.RowKeyOf(request.Purpose, at),
            Purpose = request.Purpose,
            Given = request.Given,
            At = at,
            Wording = request.Given ? request.Wording!.Trim() : null,
            Under16 = request.Under16 ?? false,
            ParentName = request.Given ? request.Parent?.Name.Trim() : null,
            ParentEmail = request.Given ? request.Parent?.Email.Trim() : null,
        };
    }
}

/// <summary>An account with its consents. Reading is two storage calls, adding one.</summary>
public sealed class ConsentStore(AccountStore accounts)
{
    /// <returns>Null when there is no such account.</returns>
    public async Task<ConsentHistory?> FindAsync(string accountId, CancellationToken cancellation)
    {
        if (await accounts.FindAsync(accountId, cancellation) is not { } account) return null;
        return new(account, [.. await accounts.RowsAsync<ConsentEntity>(accountId, ConsentEntity.Prefix, cancellation)]);
    }

    /// <returns>False when the history has changed since it was read.</returns>
    public Task<bool> AddAsync(ConsentHistory history, ConsentEntity step, CancellationToken cancellation) =>
        accounts.ChangeAsync(history.Account, new(TableTransactionActionType.Add, step), cancellation);
}
