using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Platform.Visitors;

/// <summary>
/// What stands before a form that anyone may send: work, and then a share of what may come from one network address. To look at the
/// work costs one decryption and one hash, less than the request itself and no storage call; to count costs a storage call and
/// somebody's share, and many people share a network address: whoever has not worked must not be able to use that up.
/// </summary>
public sealed class VisitorForms(ProofOfWork proofs, RateLimits limits)
{
    /// <param name="work">What the proof is to be for.</param>
    /// <returns>The proof's id, and the problem to answer with; no problem when the form may be taken, and then the same proof does not count again.</returns>
    /// <exception cref="Azure.RequestFailedException">Storage does not answer, and the rule does not hold without it; the proof is still good.</exception>
    public async Task<(string ProofId, Problem? Refused)> AdmitAsync(HttpRequest request, string work, Proof proof, RateRule rule, CancellationToken cancellation)
    {
        if (proofs.Take(work, proof, out var id) is { } notDone) return (id, notDone);
        var admitted = false;
        try
        {
            var often = await limits.RefuseAsync(rule, Visitor.KeyOf(request), cancellation);
            admitted = often is null;
            return (id, often);
        }
        finally
        {
            if (!admitted) proofs.GiveBack(id);
        }
    }

    /// <summary>What the form was sent for has failed: the same may be sent again with its proof.</summary>
    public void GiveBack(string proofId) => proofs.GiveBack(proofId);
}
