using Net.Cnm.Errors;

namespace Net.Controller.Runners;

/// <summary>An operation has to wait for another program. <see cref="OperationQueue"/> lets others have their turn meanwhile, and then runs
/// it anew; it is no <see cref="CnmException"/>, so that nobody on the way takes it for a failure.</summary>
/// <param name="held">What is held and by whom, as in <c>the lock /run/xtables.lock is held by process 12 (sleep)</c>.</param>
internal sealed class HeldUpException(string held) : Exception(held)
{
    /// <summary>The failure, when it has waited long enough.</summary>
    public CnmException ToFailure(TimeSpan waited) =>
        new(CnmErrorKind.Unavailable, $"{Message}, for more than {waited.TotalSeconds:0} s; end that one, then try again", this);
}
