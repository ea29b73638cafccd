namespace Shop.Functions.Privacy.Erasures;

/// <summary>The person whose account is erased, as long as there is an address to write to.</summary>
public interface IErasedPerson
{
    /// <param name="email">It goes as soon as this has said that it is told.</param>
    /// <param name="done">What the erasure has left.</param>
    /// <returns>False when the mail server does not take the mail now; true once it has it, or when it will never take it.</returns>
    Task<bool> IsToldAsync(string email, Erasure done, CancellationToken cancellation);
}
