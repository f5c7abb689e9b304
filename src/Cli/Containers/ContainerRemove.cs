using System.CommandLine;
using Net.Api.Clients;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl rm</c>: removes containers and prints each name that was given.</summary>
internal sealed class ContainerRemove : Verb
{
    private readonly Argument<string[]> _containers = Positional.Some("CONTAINER", "Names or ids of containers, or names of links");
    private readonly Option<bool> _force = Flags.Switch(
        "--force", "-f", "Kill those that run first; those that are not there are no error");

    private readonly Option<bool> _link = Flags.Switch("--link", "-l", "Remove the link CONTAINER/ALIAS, not a container");

    // Docker's option for the volumes of a container. There are none here, so it is accepted and does nothing.
    private readonly Option<bool> _volumes = Flags.Switch("--volumes", "-v", "Accepted as Docker's; containers have no volumes here");

    public ContainerRemove()
        : base("rm", "Remove containers")
    {
        Add(_force);
        Add(_link);
        Add(_volumes);
        Add(_containers);
    }

    public override bool TakesDryRun => true;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl rm -f web app\n"
        + "netctl rm --link web/db";

    public override bool Removes(ParseResult parsed) => true;

    public override Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        (bool force, bool link) = (parsed.GetValue(_force), parsed.GetValue(_link));
        return context.ForEachAsync(parsed.GetValue(_containers)!, async name =>
        {
            try
            {
                if (await context.RunAsync(
                    link ? context.Api.RemoveLink(name) : context.Api.RemoveContainer(name, force), cancellationToken))
                {
                    context.Output.WriteLine(name);
                }
            }
            catch (ApiException e) when (force && e.IsNotFound)
            {
                // As in Docker, the error is printed and the exit code stays 0.
                context.Error.WriteLine(ErrorText.Of(e));
            }
        });
    }
}
