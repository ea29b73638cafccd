using System.Buffers;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Shop.Local.Mail;

/// <summary>What the SMTP server asks the sink: anybody may sign in, send and receive, unless a fault says otherwise.</summary>
internal sealed class SinkHooks(MailSink sink) : IUserAuthenticator, IMailboxFilter, IMessageStore
{
    public Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken)
    {
        sink.FaultAt(MailStep.SignIn)?.Throw();
        return Task.FromResult(true);
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken)
    {
        sink.FaultAt(MailStep.Sender)?.Throw();
        return Task.FromResult(true);
    }

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
    {
        sink.FaultAt(MailStep.Recipient, to.AsAddress())?.Throw();
        return Task.FromResult(true);
    }

    public Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        if (sink.FaultAt(MailStep.Message) is { } fault) return Task.FromResult(fault.Response);
        sink.Take(transaction.From.AsAddress(), [.. transaction.To.Select(to => to.AsAddress())], buffer.ToArray());
        return Task.FromResult(SmtpResponse.Ok);
    }
}
