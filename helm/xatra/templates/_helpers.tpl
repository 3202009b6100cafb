{{/* The beginning of all names. */}}
{{- define "xatra.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* What selects the pods of one component: (list $ "api"). */}}
{{- define "xatra.selector" -}}
app.kubernetes.io/name: xatra
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "xatra.labels" -}}
{{ include "xatra.selector" . }}
app.kubernetes.io/version: {{ include "xatra.tag" (index . 0) | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "xatra.tag" -}}
{{ .Values.images.tag | default .Chart.AppVersion }}
{{- end }}

{{/* One of our images: (list $ "api"). */}}
{{- define "xatra.image" -}}
image: "{{ (index . 0).Values.images.prefix }}/{{ index . 1 }}:{{ include "xatra.tag" (index . 0) }}"
imagePullPolicy: {{ (index . 0).Values.images.pullPolicy }}
{{- end }}

{{/* Names of the three Secrets. */}}
{{- define "xatra.secret" -}}
{{ .Values.secrets.existingSecret | default (printf "%s-secrets" (include "xatra.fullname" .)) }}
{{- end }}

{{- define "xatra.postgresqlSecret" -}}
{{ ternary (printf "%s-postgresql" (include "xatra.fullname" .)) .Values.postgresql.existingSecret .Values.postgresql.builtIn }}
{{- end }}

{{- define "xatra.redisSecret" -}}
{{ ternary (printf "%s-redis" (include "xatra.fullname" .)) .Values.redis.existingSecret .Values.redis.builtIn }}
{{- end }}

{{/* What every pod promises: the level `restricted` of Pod Security, and no way to the Kubernetes API. */}}
{{- define "xatra.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.images.pullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "xatra.container" -}}
securityContext:
  allowPrivilegeEscalation: false
  capabilities: {drop: [ALL]}
  readOnlyRootFilesystem: true
{{- end }}

{{/* Where a Deployment's pods run: (list $ "api" .Values.api $sharesVolume). */}}
{{- define "xatra.placement" -}}
{{- $root := index . 0 }}{{ $component := index . 1 }}{{ $values := index . 2 }}
{{- with $values.nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- if index . 3 }}
{{ include "xatra.sameNode" $root }}
{{- end }}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: {matchLabels: {{ include "xatra.selector" (list $root $component) | fromYaml | toJson }}}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end }}

{{/* A volume that is ReadWriteOnce is on one node, and so are all pods that mount it. */}}
{{- define "xatra.sameNode" -}}
affinity:
  podAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector: {matchLabels: {{ include "xatra.sharesVolume" . | fromYaml | toJson }}}
{{- end }}

{{- define "xatra.sharesVolume" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
xatra.org/shares-volume: "true"
{{- end }}

{{/* Whether the volume of artefacts, or of map data, is on one node: "true", or nothing. */}}
{{- define "xatra.storeOnOneNode" -}}
{{ if and (eq .Values.artefacts.type "volume") (eq .Values.artefacts.volume.accessMode "ReadWriteOnce") }}true{{ end }}
{{- end }}

{{- define "xatra.mapDataOnOneNode" -}}
{{ if and (eq .Values.mapData.type "volume") (eq .Values.mapData.volume.accessMode "ReadWriteOnce") }}true{{ end }}
{{- end }}

{{/* Files of secrets as a volume: (list $ (list "of postgresql") (list "of redis") (list "of the services")). */}}
{{- define "xatra.secretFiles" -}}
{{- $root := index . 0 }}
{{- $names := list (include "xatra.postgresqlSecret" $root) (include "xatra.redisSecret" $root) (include "xatra.secret" $root) }}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      {{- range $index, $keys := rest . }}
      {{- if $keys }}
      - secret:
          name: {{ index $names $index }}
          items:
            {{- range $keys }}
            - {key: {{ . }}, path: {{ . }}}
            {{- end }}
      {{- end }}
      {{- end }}
{{- end }}

{{/* Scripts that containers run, beside those that their images hold. */}}
{{- define "xatra.scripts" -}}
- name: scripts
  configMap: {name: {{ include "xatra.fullname" . }}-scripts}
{{- end }}

{{- define "xatra.temporary" -}}
- name: tmp
  emptyDir: {medium: Memory, sizeLimit: 256Mi}
{{- end }}

{{/* Waits until migrations have made what this release needs: (list $ "api"). */}}
{{- define "xatra.waitForSchema" -}}
- name: wait-for-schema
  {{- include "xatra.image" . | nindent 2 }}
  command: [python, /scripts/wait_for_schema.py]
  env:
    - {name: DATABASE_URL_FILE, value: /run/secrets/{{ index . 1 | replace "-" "_" }}_database_url}
  {{- include "xatra.container" (index . 0) | nindent 2 }}
  resources: {requests: {cpu: 10m, memory: 64Mi}, limits: {memory: 256Mi}}
  volumeMounts:
    - {name: secrets, mountPath: /run/secrets, readOnly: true}
    - {name: scripts, mountPath: /scripts, readOnly: true}
{{- end }}

{{/* What every service is told. */}}
{{- define "xatra.environment" -}}
- {name: ENVIRONMENT, value: production}
- {name: RELEASE, value: {{ include "xatra.tag" . | quote }}}
{{- end }}

{{/* What api and auth are told of the site. */}}
{{- define "xatra.siteEnvironment" -}}
- {name: ALLOWED_HOSTS, value: {{ join "," .Values.site.hosts | quote }}}
- {name: BASE_PATH, value: {{ .Values.site.basePath | quote }}}
- {name: TRUSTED_PROXIES, value: {{ join "," .Values.site.trustedProxies | quote }}}
- {name: GUEST_SECRET_FILE, value: /run/secrets/guest_secret}
{{- if .Values.secrets.rotatesGuestSecret }}
- {name: GUEST_SECRET_PREVIOUS_FILE, value: /run/secrets/guest_secret_previous}
{{- end }}
{{- end }}

{{/* Keys of the Secret that api and auth both read: (list $ "more", ...). */}}
{{- define "xatra.siteSecrets" -}}
{{- $keys := concat (list "guest_secret" "sentry_dsn") (rest .) }}
{{- if (index . 0).Values.secrets.rotatesGuestSecret }}{{ $keys = append $keys "guest_secret_previous" }}{{ end }}
{{- toJson $keys }}
{{- end }}

{{/* Where maps and files are. */}}
{{- define "xatra.storeEnvironment" -}}
{{- if eq .Values.artefacts.type "volume" }}
- {name: ARTEFACT_STORE_URL, value: file:///var/lib/xatra/store}
{{- else }}
{{- with .Values.artefacts.s3 }}
- {name: ARTEFACT_STORE_URL, value: "s3://{{ .bucket }}{{ with .prefix }}/{{ . }}{{ end }}"}
- {name: AWS_REGION, value: {{ .region | quote }}}
{{- with .endpoint }}
- {name: AWS_ENDPOINT_URL, value: {{ . | quote }}}
{{- end }}
{{- with .existingSecret }}
- name: AWS_ACCESS_KEY_ID
  valueFrom: {secretKeyRef: {name: {{ . }}, key: access_key_id}}
- name: AWS_SECRET_ACCESS_KEY
  valueFrom: {secretKeyRef: {name: {{ . }}, key: secret_access_key}}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "xatra.storeMount" -}}
{{- if eq .Values.artefacts.type "volume" }}
- {name: store, mountPath: /var/lib/xatra/store}
{{- end }}
{{- end }}

{{- define "xatra.storeVolume" -}}
{{- if eq .Values.artefacts.type "volume" }}
- name: store
  persistentVolumeClaim: {claimName: {{ .Values.artefacts.volume.existingClaim | default (printf "%s-store" (include "xatra.fullname" .)) }}}
{{- end }}
{{- end }}

{{/* What makes backups is told and mounts, whether by the clock or before an upgrade. */}}
{{- define "xatra.backupEnvironment" -}}
{{- include "xatra.environment" . }}
{{- include "xatra.storeEnvironment" . }}
- {name: BACKUP_DATABASE_URL_FILE, value: /run/secrets/backup_database_url}
- {name: BACKUP_EVERY_HOURS, value: {{ .Values.backups.everyHours | quote }}}
- {name: BACKUP_KEEP_DAYS, value: {{ .Values.backups.keepDays | quote }}}
- {name: BACKUP_KEEP_WEEKS, value: {{ .Values.backups.keepWeeks | quote }}}
- {name: BACKUP_KEY_FILE, value: /run/secrets/backup_key}
- {name: DATABASE_URL_FILE, value: /run/secrets/scheduler_database_url}
- {name: DRILL_EVERY_DAYS, value: {{ .Values.backups.drillEveryDays | quote }}}
- {name: REDIS_URL_FILE, value: /run/secrets/scheduler_redis_url}
- {name: SENTRY_DSN_FILE, value: /run/secrets/sentry_dsn}
- {name: STACK, value: {{ .Release.Name }}}
{{- if eq .Values.backups.type "volume" }}
- {name: BACKUP_STORE_URL, value: file:///var/lib/xatra/backups}
{{- else }}
{{- with .Values.backups.s3 }}
- {name: BACKUP_STORE_URL, value: "s3://{{ .bucket }}{{ with .prefix }}/{{ . }}{{ end }}"}
- {name: BACKUP_ACCESS_KEY_ID_FILE, value: /run/secrets/backup_access_key_id}
- {name: BACKUP_ENDPOINT, value: {{ .endpoint | quote }}}
- {name: BACKUP_REGION, value: {{ .region | quote }}}
- {name: BACKUP_SECRET_ACCESS_KEY_FILE, value: /run/secrets/backup_secret_access_key}
{{- end }}
{{- end }}
{{- end }}

{{- define "xatra.backupMounts" -}}
- {name: secrets, mountPath: /run/secrets, readOnly: true}
- {name: tmp, mountPath: /tmp}
- {name: drill, mountPath: /var/lib/xatra/drill}
- {name: shared-memory, mountPath: /dev/shm}
{{- include "xatra.storeMount" . }}
{{- if eq .Values.backups.type "volume" }}
- {name: backups, mountPath: /var/lib/xatra/backups}
{{- end }}
{{- end }}

{{- define "xatra.backupVolumes" -}}
- name: drill # as large as the database
  emptyDir: {}
- name: shared-memory # for the PostgreSQL of a drill
  emptyDir: {medium: Memory, sizeLimit: 256Mi}
{{- include "xatra.storeVolume" . }}
{{- if eq .Values.backups.type "volume" }}
- name: backups
  persistentVolumeClaim: {claimName: {{ .Values.backups.volume.existingClaim | default (printf "%s-backups" (include "xatra.fullname" .)) }}}
{{- end }}
{{- end }}

{{/* Keys of the three Secrets that backups read, to be followed by those of others. */}}
{{- define "xatra.backupSecrets" -}}
{{ list (list "backup_database_url" "scheduler_database_url") (list "scheduler_redis_url") (list "backup_access_key_id" "backup_key" "backup_secret_access_key" "sentry_dsn") | toJson }}
{{- end }}

{{- define "xatra.backupOnOneNode" -}}
{{ if ne .Values.backups.type "none" }}{{ if or (include "xatra.storeOnOneNode" .) (and (eq .Values.backups.type "volume") (eq .Values.backups.volume.accessMode "ReadWriteOnce")) }}true{{ end }}{{ end }}
{{- end }}

{{- define "xatra.mapDataClaim" -}}
{{ .Values.mapData.volume.existingClaim | default (printf "%s-map-data" (include "xatra.fullname" .)) }}
{{- end }}

{{/* Annotations of a Deployment's pods: those that are given, and what starts them anew when settings change. */}}
{{- define "xatra.podAnnotations" -}}
checksum/settings: {{ include (print (index . 0).Template.BasePath "/settings.yaml") (index . 0) | sha256sum }}
{{- with (index . 1).podAnnotations }}
{{ toYaml . }}
{{- end }}
{{- end }}
