using Shop.Functions.Platform.Links;

namespace Shop.Functions.Accounts;

/// <summary>
/// What stands in the queue about a consent that somebody is to be asked about: where it is found, and nobody's address. It is
/// sealed all the same: a message may outlast the person, and then nobody can tell from it whose it was.
/// </summary>
/// <param name="Step">The key of the step that waits.</param>
public sealed record ConsentRequest(string AccountId, string Step)
{
    private const string Purpose = "ask for consent";

    public string Sealed(SignedLinks links) => links.Sign(Purpose, this, ConsentLinkJson.Default.ConsentRequest, ConsentLink.Lifetime);

    public static OpenedLink<ConsentRequest> Open(string sealedRequest, SignedLinks links) => links.Open(Purpose, sealedRequest, ConsentLinkJson.Default.ConsentRequest);
}
