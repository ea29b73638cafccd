using System.Collections.Immutable;

namespace Shop.Functions.Accounts;

/// <summary>What a person has agreed to and taken back, oldest first, and what that means now.</summary>
public sealed record ConsentRecord(AccountEntity Account, ImmutableArray<ConsentEntity> Steps)
{
    /// <summary>Giving stops here; withdrawing is never refused.</summary>
    public const int MaxSteps = 200;

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
