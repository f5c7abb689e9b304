using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.CommandLines;
using Net.Cli.Formats;

namespace Net.Cli.Containers;

/// <summary><c>netctl top</c>: lists the processes of a container.</summary>
internal sealed class ContainerProcesses : Verb
{
    private readonly Argument<string> _container = Positional.One("CONTAINER", "Name or id of the container");
    private readonly Argument<string[]> _options = Positional.Any("PS-OPTION", "Options as of ps: -ef, aux, -e, or -o and columns");

    public ContainerProcesses()
        : base("top", "List the processes of a container")
    {
        Add(_container);
        Add(_options);
    }

    public override bool OptionsEndAtFirstArgument => true;

    public override IReadOnlyList<ExitStatus> ExitStatuses => ExitStatus.Usual;

    public override string Example =>
        "netctl top web\n"
        + "netctl top web -o pid,user,args";

    public override async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellationToken)
    {
        string[] options = parsed.GetValue(_options)!;
        ContainerTop processes = await context.Api.ReadProcessesAsync(
            parsed.GetValue(_container)!, options.Length == 0 ? null : string.Join(' ', options), cancellationToken);
        IEnumerable<IReadOnlyList<string>> rows = (processes.Processes ?? []).Prepend(processes.Titles ?? []);
        context.Output.Write(ColumnText.Align([.. rows.Select(cells => string.Join('\t', cells))], minimumWidth: 20));
        return 0;
    }
}
