using System.CommandLine;
using Net.Api.Texts;
using Net.Cli.CommandLines;
using Net.Labs.Compose.Models;
using Net.Labs.Compose.Running;

namespace Net.Cli.Projects;

/// <summary>Finds the containers of a project for the verbs that look at them.</summary>
internal static class ProjectContainers
{
    /// <summary>The containers, by service and number.</summary>
    /// <param name="flags">Which project.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="context">The daemon.</param>
    /// <param name="services">The services whose containers are meant; empty for all.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="FormatException">The project has no such service.</exception>
    public static async Task<IReadOnlyList<ProjectContainer>> ReadAsync(
        ProjectFlags flags, ParseResult parsed, VerbContext context, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        string? alone = flags.NameAlone(parsed);
        ComposeProject? project = alone is null ? flags.Read(parsed, context) : null;
        ProjectState state = await ProjectState.ReadAsync(context.Api, alone ?? project!.Name, cancellationToken);
        string[] known =
        [
            .. state.Containers.Select(container => container.Service)
                .Concat(project?.Services.Select(service => service.Name) ?? [])
                .Distinct(),
        ];
        if (services.FirstOrDefault(service => !known.Contains(service)) is { } unknown)
        {
            throw new FormatException($"no such service: {unknown}{Suggestion.Of(unknown, known)}: give one of {string.Join(", ", known)}");
        }

        return [.. state.Containers.Where(container => services.Count == 0 || services.Contains(container.Service))];
    }
}
