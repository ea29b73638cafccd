using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Newsletter;

/// <summary>The mailing provider deletes what it holds of somebody who is erased, whether or not they are on the list.</summary>
public sealed class NewsletterRecipient(IMailingList list) : IRecipient
{
    public string Name => "mailing-provider";

    public async Task<RecipientOutcome> TellErasedAsync(string email, string reference, CancellationToken cancellation) =>
        await list.ForgetAsync(email, cancellation) ? RecipientOutcome.Erased : RecipientOutcome.NothingHeld;
}
