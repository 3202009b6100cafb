{{/* Refuses values that each are well, but do not go together. */}}
{{- define "xatra.check" -}}
{{- $v := .Values }}
{{- if include "xatra.storeOnOneNode" . }}
  {{- range $name := list "api" "scheduler" "renderWorker" }}
    {{- if gt (int (get $v $name).replicas) 1 }}
      {{- fail (printf "%s.replicas is %d, but artefacts lie on a ReadWriteOnce volume, which is on one node: set artefacts.type to s3, or artefacts.volume.accessMode to ReadWriteMany." $name (int (get $v $name).replicas)) }}
    {{- end }}
  {{- end }}
  {{- if ne $v.renderWorker.autoscaling.type "none" }}
    {{- fail "renderWorker.autoscaling needs artefacts where several nodes reach them: set artefacts.type to s3, or artefacts.volume.accessMode to ReadWriteMany." }}
  {{- end }}
{{- end }}
{{- if gt (int $v.renderWorker.autoscaling.minReplicas) (int $v.renderWorker.autoscaling.maxReplicas) }}
  {{- fail "renderWorker.autoscaling.minReplicas is greater than maxReplicas." }}
{{- end }}
{{- if and (eq $v.artefacts.type "s3") (not $v.artefacts.s3.bucket) }}
  {{- fail "artefacts.type is s3: artefacts.s3.bucket must name the bucket." }}
{{- end }}
{{- range $name := list "postgresql" "redis" }}
  {{- if not (get $v $name).builtIn }}
    {{- if not (get $v $name).existingSecret }}
      {{- fail (printf "%s.builtIn is false: %s.existingSecret must name the Secret with its addresses (docs/kubernetes.md lists the keys)." $name $name) }}
    {{- end }}
    {{- if and $v.networkPolicy.enabled (not (get $v $name).peers) }}
      {{- fail (printf "%s.builtIn is false: %s.peers must say where it is, such as [{ipBlock: {cidr: 10.0.0.5/32}}], since pods reach nothing else. Or set networkPolicy.enabled to false." $name $name) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- if and (eq $v.artefacts.type "s3") $v.networkPolicy.enabled (not $v.artefacts.s3.peers) }}
  {{- fail "artefacts.type is s3: artefacts.s3.peers must say where it is, such as [{ipBlock: {cidr: 10.0.0.9/32}}], since pods reach nothing else. Or set networkPolicy.enabled to false." }}
{{- end }}
{{- if and (eq $v.backups.type "s3") (not $v.backups.s3.bucket) }}
  {{- fail "backups.type is s3: backups.s3.bucket must name a bucket, another one than that of the artefacts." }}
{{- end }}
{{- if and (eq $v.backups.type "s3") $v.networkPolicy.enabled (not $v.backups.s3.peers) }}
  {{- fail "backups.type is s3: backups.s3.peers must say where it is, such as [{ipBlock: {cidr: 10.0.0.9/32}}], since pods reach nothing else. Or set networkPolicy.enabled to false." }}
{{- end }}
{{- if and (eq $v.mapData.type "volume") (not $v.mapData.volume.existingClaim) (not $v.mapData.acceptTerms) }}
  {{- fail "mapData.acceptTerms must be true: GADM's terms forbid commercial use and redistribution (https://gadm.org/license.html)." }}
{{- end }}
{{- if and (eq $v.mapData.type "image") (not $v.mapData.image) }}
  {{- fail "mapData.type is image: mapData.image must name the image." }}
{{- end }}
{{- if and $v.gateway.enabled (not $v.gateway.parentRefs) }}
  {{- fail "gateway.enabled is true: gateway.parentRefs must name your Gateway." }}
{{- end }}
{{- end }}
