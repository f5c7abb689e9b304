using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Kernel.Errors;
using Net.Kernel.Sessions;
using Net.Kernel.Sysctls;
using Net.Netlink;

namespace Net.Kernel.Steps;

/// <summary>Carries out steps phase by phase and records the inverse of each. A step that fails ends the run, unless it may fail: then the
/// other steps go on, without those that belong to the same object or rest on it (<see cref="FallenObjects"/>).</summary>
/// <param name="session">The namespaces and connections.</param>
/// <param name="undo">Receives the inverses.</param>
/// <param name="mayFail">Whether a step may fail with this error; null when none may.</param>
internal sealed class StepRunner(KernelSession session, UndoLog undo, Func<Step, Exception, bool>? mayFail = null)
{
    private readonly FallenObjects _fallen = new();
    private readonly List<string> _failures = [];

    /// <summary>The failures that were allowed, each a sentence.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Carries out all steps, in the order of <see cref="ApplyPhases.Runs"/> and, within a phase, in the order given.</summary>
    /// <exception cref="CnmException">A step failed that must not; what was done before is in the undo log.</exception>
    public void Run(IReadOnlyCollection<Step> steps)
    {
        foreach ((ApplyPhase first, ApplyPhase last) in ApplyPhases.Runs)
        {
            Step[] run = [.. steps.Where(step => step.Phase >= first && step.Phase <= last).OrderBy(step => step.Phase)];
            foreach (ActionStep step in run.OfType<ActionStep>().Where(IsLeft))
            {
                Do(step);
            }

            foreach (IGrouping<NamespaceRef, SettingStep> settings in run.OfType<SettingStep>().Where(IsLeft)
                .GroupBy(step => step.Namespace))
            {
                Write(settings.Key, [.. settings]);
            }

            // Sandboxes first: a link gets its tag in the daemon's namespace, and a link with a tag is known to be up at both ends.
            foreach (IGrouping<NamespaceRef, NetlinkStep> requests in run.OfType<NetlinkStep>().Where(IsLeft)
                .GroupBy(step => step.Namespace).OrderBy(group => group.Key.IsHost))
            {
                Send(requests.Key, [.. requests]);
            }
        }
    }

    private bool IsLeft(Step step) => !_fallen.Includes(step);

    private void Fail(Step step, Exception error)
    {
        CnmException shown = KernelErrors.Translate(error, step.Subject);
        if (mayFail?.Invoke(step, error) != true)
        {
            throw shown;
        }

        _fallen.Add(step);
        if (!SandboxFailures.IsGoneWithItsTaker(step.Subject, error))
        {
            _failures.Add(shown.Message);
        }
    }

    private void Do(ActionStep step)
    {
        try
        {
            if (step.Do(session) is { } inverse)
            {
                undo.Push(ObjectWords.Of(step.Subject), inverse);
            }
        }
        catch (Exception error)
        {
            Fail(step, error);
            if (step.Otherwise is { } instead)
            {
                Do(instead);
            }
        }
    }

    private void Write(NamespaceRef where, SettingStep[] steps)
    {
        for (int at = 0; at < steps.Length; at++)
        {
            try
            {
                session.Visit(where, () =>
                {
                    for (; at < steps.Length; at++)
                    {
                        if (IsLeft(steps[at]))
                        {
                            Write(steps[at]);
                        }
                    }

                    return true;
                });
            }
            catch (Exception error)
            {
                Fail(steps[at], error);
            }
        }
    }

    private void Write(SettingStep step)
    {
        if (step.Undoable && !session.HasMade(step.Namespace, step.Link))
        {
            string prior = SettingFile.Read(step.Path);
            if (prior == step.Value)
            {
                return;
            }

            step.Remember?.Invoke(prior);
            IReadOnlyDictionary<string, string> others = SpreadSettings.Read(step.Path);
            undo.Push($"setting {step.Path}", () => session.Visit(step.Namespace, () => SpreadSettings.Write(step.Path, prior, others)));
        }

        SettingFile.Write(step.Path, step.Value);
    }

    private void Send(NamespaceRef where, NetlinkStep[] steps)
    {
        NetlinkConnection? connection = Connect(where, steps);
        if (connection is null)
        {
            return;
        }

        var sent = new List<NetlinkStep>();
        var requests = new List<NetlinkRequest>();
        foreach (NetlinkStep step in steps)
        {
            try
            {
                requests.Add(step.Request(session, IndexFor(step)));
                sent.Add(step);
            }
            catch (Exception error)
            {
                Fail(step, error);
            }
        }

        IReadOnlyList<PipelineResult> results = connection.Pipeline(requests);
        CnmException? failure = null;
        for (int i = 0; i < sent.Count; i++)
        {
            // The kernel carries out the requests after a refused one too, so the results of all are read and their inverses recorded.
            try
            {
                Settle(sent[i], results[i], connection);
            }
            catch (CnmException refused)
            {
                failure ??= refused;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private NetlinkConnection? Connect(NamespaceRef where, NetlinkStep[] steps)
    {
        try
        {
            NetlinkConnection connection = session.Connection(where);
            session.Resolve(where, steps.Select(step => step.Link).OfType<string>());
            return connection;
        }
        catch (Exception error)
        {
            Array.ForEach(steps, step => Fail(step, error));
            return null;
        }
    }

    private void Settle(NetlinkStep step, PipelineResult result, NetlinkConnection connection)
    {
        try
        {
            bool made = result.Error is not { } refusal || (step.OnRefusal?.Invoke(session, refusal) ?? throw refusal);
            if (result.Error is null)
            {
                foreach ((NamespaceRef where, string link) in step.Makes)
                {
                    session.NoteMade(where, link);
                }

                step.OnMade?.Invoke(session, result);
            }

            if (made && step.Inverse is { } inverse)
            {
                NetlinkRequest request = inverse(session, IndexFor(step));
                undo.Push(request.Operation, () => connection.Execute(request));
            }
        }
        catch (Exception error)
        {
            Fail(step, error);
        }
    }

    private int IndexFor(NetlinkStep step)
    {
        if (step.Link is not { } link)
        {
            return 0;
        }

        if (step.RequiresOwnLink && session.IsForeign(step.Namespace, link))
        {
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"{ObjectWords.Of(step.Subject)}: {link} is a device this daemon did not create; remove that device, and netctl doctor " +
                "--fix makes ours");
        }

        return session.IndexOf(step.Namespace, link) ?? throw KernelErrors.NoLink(step.Subject, link);
    }
}
