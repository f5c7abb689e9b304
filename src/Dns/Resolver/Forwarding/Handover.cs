using Net.Dns.Resolver.Serving;
using Net.Linux.Descriptors;

namespace Net.Dns.Resolver.Forwarding;

/// <summary>An answer on its way to many who joined one question: some at a time, since one client may be all of them and others have their turn between.</summary>
/// <param name="forwarder">Gives it to each.</param>
/// <param name="share">Of the client that asked first.</param>
/// <param name="askers">Who waits for it.</param>
/// <param name="answer">The answer; empty when there is none.</param>
/// <param name="from">Who gave it.</param>
internal sealed class Handover(Forwarder forwarder, Share share, IReadOnlyList<IAsker> askers, byte[] answer, UpstreamServer? from) : IReadinessHandler
{
    /// <summary>To how many at a time.</summary>
    internal const int AtATime = 32;

    private int _next;

    /// <inheritdoc/>
    public Share? Share => share;

    /// <inheritdoc/>
    public void OnReady(PollEvents events)
    {
        for (int i = 0; i < AtATime && _next < askers.Count; i++)
        {
            forwarder.Complete(askers[_next++], answer, from);
        }

        if (_next < askers.Count)
        {
            forwarder.GoOn(this);
        }
        else
        {
            forwarder.Forget(this);
        }
    }

    /// <summary>Gives it to all who are left.</summary>
    public void Finish()
    {
        while (_next < askers.Count)
        {
            forwarder.Complete(askers[_next++], answer, from);
        }
    }
}
