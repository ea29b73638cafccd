using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Recipients;

/// <summary>
/// Somebody who was given data about people and must be told when they are erased (GDPR, Article 19). What a person amends here
/// (name, company, telephone, addresses) this app gives to no recipient, so there is nothing to tell.
/// </summary>
public interface IRecipient
{
    /// <summary>What the record of an erasure calls it.</summary>
    string Name { get; }

    /// <summary>Again is the same as once.</summary>
    /// <param name="email">Of the person who is erased.</param>
    /// <param name="reference">Of the erasure.</param>
    /// <returns><see cref="RecipientOutcome.NotTold"/> when it will never take it.</returns>
    /// <exception cref="UnavailableException">It cannot be told now.</exception>
    Task<RecipientOutcome> TellErasedAsync(string email, string reference, CancellationToken cancellation);
}
